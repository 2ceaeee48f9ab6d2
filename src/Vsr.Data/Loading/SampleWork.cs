namespace Vsr.Data;

/// <summary>What one reading thread is at, and its own memory.</summary>
internal sealed class SampleWork
{
    private byte[] _scratch = [];

    /// <summary>The clip being read, for the message when the thread is stuck.</summary>
    public volatile string? Clip;

    /// <summary>When the current sample was begun, a timestamp; null when idle. Guarded by the producer's lock.</summary>
    public long? BegunTimestamp { get; set; }

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
