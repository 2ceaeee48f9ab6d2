using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Tests.Pipeline;

/// <summary>A network that repeats every pixel S times in both directions and delivers with a look-ahead, as the real ones do.</summary>
internal sealed class RepeatingUpscaler(int scale, int lookAhead = 2) : IFrameUpscaler
{
    private readonly Queue<Tensor> _window = new();

    public int Scale => scale;

    public int LookAhead => lookAhead;

    /// <summary>Called at every push with the number of frames pushed before.</summary>
    public Action<int>? OnPush { get; init; }

    public int Pushed { get; private set; }

    public Tensor? Push(Tensor lr)
    {
        OnPush?.Invoke(Pushed++);
        using Tensor cells = lr.reshape(1, 3, lr.size(2), 1, lr.size(3), 1);
        using Tensor repeated = cells.expand(1, 3, lr.size(2), scale, lr.size(3), scale);
        using Tensor enlarged = repeated.reshape(1, 3, lr.size(2) * scale, lr.size(3) * scale);
        _window.Enqueue(enlarged.clone());                                      // never a view of the caller's frame
        return _window.Count > lookAhead ? _window.Dequeue() : null;
    }

    public Tensor? Flush() => _window.TryDequeue(out Tensor? next) ? next : null;

    public void Reset()
    {
        while (_window.TryDequeue(out Tensor? frame))
        {
            frame.Dispose();
        }
    }

    public void Dispose() => Reset();
}
