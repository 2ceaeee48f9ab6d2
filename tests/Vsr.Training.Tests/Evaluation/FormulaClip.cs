using Vsr.Video;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>A clip of busy pictures by a formula, the same as in Golden/make_protocol.py.</summary>
internal sealed class FormulaClip(int width = 45, int height = 58, int frameCount = 3) : IFrameSource
{
    public string Name => "formula";

    public int FrameCount => frameCount;

    public int Width => width;

    public int Height => height;

    public void ReadRgb8(int index, Span<byte> planar)
    {
        for (int i = 0; i < planar.Length; i++)
        {
            int channel = i / (width * height);
            int y = i / width % height;
            int x = i % width;
            planar[i] = (byte)(((x * x * (3 + channel) / 7) + (y * y * 5 / 9) + (x * y / (4 + index)) + (31 * channel) + (17 * index)) % 256);
        }
    }

    public void Dispose()
    {
    }
}
