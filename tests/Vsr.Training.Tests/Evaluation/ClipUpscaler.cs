using Vsr.Models;
using Vsr.Training.Evaluation;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>Delivers the frames of a clip, whatever it is given, and delivers them late.</summary>
internal sealed class ClipUpscaler(IFrameSource clip, int lookAhead) : IFrameUpscaler
{
    private int _pushed;
    private int _delivered;

    public int Scale => 4;

    public int LookAhead => lookAhead;

    public Tensor? Push(Tensor lr) => ++_pushed > lookAhead ? Next() : null;

    public Tensor? Flush() => _delivered < _pushed ? Next() : null;

    public void Reset() => (_pushed, _delivered) = (0, 0);

    public void Dispose()
    {
    }

    private Tensor Next()
    {
        byte[] samples = new byte[3 * clip.Width * clip.Height];
        clip.ReadRgb8(_delivered++, samples);
        return FrameTensors.ToDevice(samples, clip.Width, clip.Height, CPU);
    }
}
