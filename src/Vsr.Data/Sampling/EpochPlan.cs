namespace Vsr.Data;

/// <summary>How the windows of an epoch are dealt to shards: shard s of n takes the positions s, s + n, s + 2n ... of the epoch.</summary>
/// <remarks>
/// Invariant: the shards' positions are disjoint, and with <see cref="EpochEnd.Continue"/> they are all positions; with
/// <see cref="EpochEnd.Pad"/> positions past the last window wrap to the epoch's beginning.
/// </remarks>
internal sealed class EpochPlan
{
    private readonly long _windows;
    private readonly int _shard;
    private readonly int _shardCount;

    public EpochPlan(long windows, int shard, int shardCount, int batchSize, EpochEnd end)
    {
        _windows = windows;
        _shard = shard;
        _shardCount = shardCount;
        long group = (long)shardCount * batchSize;
        SamplesPerEpoch = end switch
        {
            EpochEnd.Drop => windows / group * batchSize,
            EpochEnd.Pad => (windows + group - 1) / group * batchSize,
            _ => (windows - shard + shardCount - 1) / shardCount,
        };
    }

    /// <summary>Samples that this shard delivers an epoch.</summary>
    public long SamplesPerEpoch { get; }

    /// <summary>Position in the whole epoch, 0..windows-1, of this shard's sample; wraps around only when padding.</summary>
    public long PositionInEpoch(long shardPosition) => (shardPosition * _shardCount + _shard) % _windows;

    /// <summary>True where the sample only fills up the last batch.</summary>
    public bool IsPadding(long shardPosition) => shardPosition * _shardCount + _shard >= _windows;
}
