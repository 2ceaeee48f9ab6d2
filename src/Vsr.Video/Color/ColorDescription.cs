namespace Vsr.Video;

/// <summary>What a stream says about its colours, in FFmpeg's names; null where it says nothing.</summary>
/// <param name="Matrix">Matrix coefficients (ITU-T H.273, table 4): "bt709", "smpte170m", "bt2020nc", "gbr"...</param>
/// <param name="Range">"tv" for limited (16..235 at 8 bits), "pc" for full range.</param>
/// <param name="Primaries">Colour primaries (H.273, table 2): "bt709", "bt2020"...</param>
/// <param name="Transfer">Transfer characteristics (H.273, table 3): "bt709", "smpte2084", "arib-std-b67"...</param>
/// <param name="ChromaLocation">Place of chroma samples: "left", "center", "topleft"...</param>
public sealed record ColorDescription(
    string? Matrix, string? Range, string? Primaries, string? Transfer, string? ChromaLocation);
