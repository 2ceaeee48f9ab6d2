using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>Starts a network anew at every frame: each is enlarged as the first of a clip that goes on with the frames behind it.</summary>
/// <remarks>
/// Holds look-ahead + 1 low-resolution frames. A frame costs one first frame, whatever the look-ahead; with a network of two directions a
/// whole group, which it runs back over for every frame.
/// </remarks>
/// <param name="network">The network; stays the caller's.</param>
internal sealed class ResettingUpscaler(IFrameUpscaler network) : IFrameUpscaler
{
    private readonly Queue<Tensor> _frames = new();

    public int Scale => network.Scale;

    public int LookAhead => network.LookAhead;

    public Tensor? Push(Tensor lr)
    {
        _frames.Enqueue(lr.clone().DetachFromDisposeScope());
        return _frames.Count > LookAhead ? EnlargeFirst() : null;
    }

    public Tensor? Flush() => _frames.Count > 0 ? EnlargeFirst() : null;

    public void Reset()
    {
        network.Reset();
        while (_frames.TryDequeue(out Tensor? frame))
        {
            frame.Dispose();
        }
    }

    public void Dispose() => Reset();

    private Tensor? EnlargeFirst()
    {
        network.Reset();
        Tensor? sr = null;
        foreach (Tensor frame in _frames)
        {
            sr ??= network.Push(frame);
        }

        sr ??= network.Flush();         // the clip ends within the look-ahead
        _frames.Dequeue().Dispose();
        return sr;
    }
}
