using Vsr.Data;
using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>Enlarges like bicubic, but delivers frames late.</summary>
internal sealed class LateUpscaler(int lookAhead) : IFrameUpscaler
{
    private readonly Queue<Tensor> _frames = new();

    public int Scale => 4;

    public int LookAhead => lookAhead;

    public Tensor? Push(Tensor lr)
    {
        _frames.Enqueue(Degradation.Enlarge(lr, Scale).DetachFromDisposeScope());
        return _frames.Count > lookAhead ? _frames.Dequeue() : null;
    }

    public Tensor? Flush() => _frames.Count > 0 ? _frames.Dequeue() : null;

    public void Reset()
    {
        while (Flush() is { } frame)
        {
            frame.Dispose();
        }
    }

    public void Dispose() => Reset();
}
