namespace Vsr.Video;

/// <summary>What a reader has done since it was opened.</summary>
/// <param name="Seeks">How often the position in the file was changed.</param>
/// <param name="Packets">Packets given to the decoder.</param>
/// <param name="Decoded">Frames that came out of the decoder.</param>
/// <param name="Delivered">Frames given to the caller.</param>
public readonly record struct ReaderStatistics(long Seeks, long Packets, long Decoded, long Delivered);
