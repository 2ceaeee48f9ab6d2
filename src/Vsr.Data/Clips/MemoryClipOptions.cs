namespace Vsr.Data;

/// <summary>How clips are decoded into memory.</summary>
public sealed record MemoryClipOptions
{
    /// <summary>Clips decoded at the same time; 0 (default) for one a processor, at most 16.</summary>
    public int Threads { get; init; }

    /// <summary>Most bytes of frames to hold; default: three quarters of what the process may use.</summary>
    public long LimitBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    internal int EffectiveThreads => Threads > 0 ? Threads : Math.Min(16, Environment.ProcessorCount);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(LimitBytes, 1);
    }
}
