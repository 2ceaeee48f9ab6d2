namespace Vsr.Video;

/// <summary>What a stream says about its colours, in FFmpeg's names; null where it says nothing.</summary>
/// <param name="Matrix">From RGB to luma and chroma: "bt709", "smpte170m", "bt2020nc", "gbr" (no matrix).</param>
/// <param name="Range">"tv" (studio range, 16 to 235 in 8 bit) or "pc" (full range).</param>
/// <param name="Primaries">"bt709", "bt2020", "smpte170m".</param>
/// <param name="Transfer">The transfer function: "bt709", "smpte2084" (PQ), "arib-std-b67" (HLG).</param>
/// <param name="ChromaLocation">Where chroma samples lie: "left", "center", "topleft".</param>
public sealed record ColorDescription(
    string? Matrix, string? Range, string? Primaries, string? Transfer, string? ChromaLocation)
{
    /// <summary>A description that says nothing.</summary>
    public static ColorDescription Unknown { get; } = new(null, null, null, null, null);
}
