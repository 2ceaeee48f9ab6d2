using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>The part that all frame-by-frame upscalers share: a window of frames around the one being enlarged, and its edges.</summary>
/// <remarks>The window holds at most <c>lookBack + 1 + lookAhead</c> copies of low-resolution frames.</remarks>
internal abstract class StreamingUpscaler(int scale, int lookBack, int lookAhead) : IFrameUpscaler
{
    private readonly List<Tensor> _window = [];
    private FrameShape _shape;
    private int _current;

    public int Scale => scale;

    public int LookAhead => lookAhead;

    public virtual int GroupSize => 1;

    public virtual bool UsesCudaGraph => false;

    public Tensor? Push(Tensor lr)
    {
        _shape.Check(lr, nameof(lr));
        using IDisposable noGrad = no_grad();
        _window.Add(lr.to(ScalarType.Float32, copy: true).DetachFromDisposeScope());
        return _window.Count > _current + lookAhead ? Deliver() : null;
    }

    public Tensor? Flush()
    {
        using IDisposable noGrad = no_grad();
        return _current < _window.Count ? Deliver() : null;
    }

    public void Reset()
    {
        Drop(_window.Count);
        _current = 0;
        _shape = default;
        ResetState();
    }

    public void Dispose()
    {
        Reset();
        DisposeNetwork();
    }

    /// <summary>Enlarges one frame.</summary>
    /// <param name="window">Frames of the clip in order, those at its edges missing.</param>
    /// <param name="current">The index in the window of the frame to enlarge.</param>
    /// <returns>float32 [1, 3, S*h, S*w], the caller's.</returns>
    protected abstract Tensor Enlarge(IReadOnlyList<Tensor> window, int current);

    /// <summary>Forgets what is carried from frame to frame.</summary>
    protected abstract void ResetState();

    /// <summary>Releases the weights.</summary>
    protected abstract void DisposeNetwork();

    private Tensor Deliver()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor sr = scope.MoveToOuter(Enlarge(_window, _current));
        _current++;
        int surplus = _current - lookBack;
        if (surplus > 0)
        {
            Drop(surplus);
            _current -= surplus;
        }

        return sr;
    }

    private void Drop(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _window[i].Dispose();
        }

        _window.RemoveRange(0, count);
    }
}
