namespace Vsr.Data;

/// <summary>What a loader has done since it was made, batches made ahead included.</summary>
/// <param name="Decoded">Frames that decoders put out, wanted or not; 0 where frames come from memory.</param>
/// <param name="Delivered">Frames put into batches.</param>
/// <param name="Waited">Time that the consumer waited for batches that were not ready.</param>
public readonly record struct LoaderStatistics(long Decoded, long Delivered, TimeSpan Waited);
