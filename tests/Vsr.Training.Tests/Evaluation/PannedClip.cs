using Vsr.Video;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>Smooth coloured texture that moves by whole pixels from frame to frame; scenes of a few frames follow each other.</summary>
/// <param name="seeds">What the scenes show, one a scene.</param>
/// <param name="framesPerScene">Frames of every scene.</param>
/// <param name="flicker">Levels added to even and taken from odd frames.</param>
internal sealed class PannedClip(int[] seeds, int framesPerScene, int flicker = 0) : IFrameSource
{
    private const int MoveX = 3;
    private const int MoveY = 2;

    public string Name => "panned";

    public int FrameCount => seeds.Length * framesPerScene;

    public int Width => 160;

    public int Height => 128;

    public void ReadRgb8(int index, Span<byte> planar)
    {
        int seed = seeds[index / framesPerScene];
        for (int i = 0; i < planar.Length; i++)
        {
            int channel = i / (Width * Height);
            double x = (i % Width) - (MoveX * index);
            double y = (i / Width % Height) - (MoveY * index);
            double wave = Math.Sin((x / (5 + seed)) + channel) + Math.Cos(y / (4.3 + seed)) + Math.Sin(((x * (seed + 1)) + (2 * y)) / 17)
                + Math.Sin(((x * 3) - (y * (seed + 2))) / 31);
            planar[i] = (byte)(128 + Math.Round(22 * wave) + (index % 2 == 0 ? flicker : -flicker));
        }
    }

    public void Dispose()
    {
    }
}
