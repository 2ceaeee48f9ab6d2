namespace Vsr.Data;

/// <summary>What one reading thread is at, and its own memory. Readers that need more of their own a thread derive from it.</summary>
internal class SampleWork : IDisposable
{
    private byte[] _scratch = [];

    /// <summary>The clip being read, for the message when the thread is stuck.</summary>
    public volatile string? Clip;

    /// <summary>When the current sample was begun, a timestamp; null when idle. Guarded by the producer's lock.</summary>
    public long? BegunTimestamp { get; set; }

    /// <summary>Called by the thread before its first sample. A failure goes to the consumer; after a restore it is tried again.</summary>
    public virtual void BeginThread()
    {
    }

    /// <summary>Called once by the thread after its last sample, even if it never began one.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>A buffer that lives until the next call.</summary>
    public Span<byte> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = GC.AllocateUninitializedArray<byte>(length);
        }

        return _scratch.AsSpan(0, length);
    }
}
