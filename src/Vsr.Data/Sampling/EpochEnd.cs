namespace Vsr.Data;

/// <summary>What happens where the windows of an epoch do not fill the last batch of every shard.</summary>
/// <remarks>
/// In DALI's words: <see cref="Pad"/> is pad_last_batch with LastBatchPolicy.FILL or PARTIAL (<see cref="SampleInfo.IsPadding"/>
/// marks what PARTIAL would leave out), <see cref="Drop"/> is LastBatchPolicy.DROP.
/// </remarks>
public enum EpochEnd
{
    /// <summary>
    /// The batch is completed with the first windows of the next epoch: every window comes exactly once an epoch over all shards.
    /// Shards may differ by one window.
    /// </summary>
    Continue,

    /// <summary>The epoch ends with the last full batch; every shard delivers the same number. A few windows are left out.</summary>
    Drop,

    /// <summary>The epoch's first windows fill up the last batch; every shard delivers the same number. A few come twice.</summary>
    Pad,
}
