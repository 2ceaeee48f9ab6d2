namespace Vsr.Data;

/// <summary>
/// Keeps clips open between samples. A reader is lent to one thread at a time; the ones lent longest ago are closed first, so that
/// ten thousand files need no ten thousand handles.
/// </summary>
/// <remarks>Invariant: idle readers &lt;= capacity. Lent ones are at most one a thread.</remarks>
internal sealed class ReaderPool<TReader> : IDisposable
    where TReader : class, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<int, TReader> _open;
    private readonly int _capacity;
    private readonly LinkedList<(int Clip, TReader Reader)> _idle = new(); // the one returned last comes first
    private bool _disposed;

    /// <param name="open">Opens a clip by its number.</param>
    /// <param name="capacity">Most idle readers.</param>
    public ReaderPool(Func<int, TReader> open, int capacity)
    {
        _open = open;
        _capacity = capacity;
    }

    /// <summary>An idle reader of the clip, or a new one. Give it back with <see cref="Return"/>, or dispose it after a failure.</summary>
    public TReader Rent(int clip)
    {
        lock (_lock)
        {
            for (var node = _idle.First; node is not null; node = node.Next)
            {
                if (node.Value.Clip == clip)
                {
                    _idle.Remove(node);
                    return node.Value.Reader;
                }
            }
        }

        return _open(clip);
    }

    /// <summary>Takes a reader back; closes the one unused longest when there are too many, or this one after disposal.</summary>
    public void Return(int clip, TReader reader)
    {
        TReader? closed = null;
        lock (_lock)
        {
            if (_disposed)
            {
                closed = reader;
            }
            else
            {
                _idle.AddFirst((clip, reader));
                if (_idle.Count > _capacity)
                {
                    closed = _idle.Last!.Value.Reader;
                    _idle.RemoveLast();
                }
            }
        }

        closed?.Dispose();
    }

    public void Dispose()
    {
        List<TReader> closed;
        lock (_lock)
        {
            _disposed = true;
            closed = [.. _idle.Select(entry => entry.Reader)];
            _idle.Clear();
        }

        foreach (TReader reader in closed)
        {
            reader.Dispose();
        }
    }
}
