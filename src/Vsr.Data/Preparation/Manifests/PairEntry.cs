namespace Vsr.Data.Preparation.Manifests;

/// <summary>A finished pair: a high-resolution clip, its low-resolution file, and the numbers between them.</summary>
internal sealed record PairEntry
{
    /// <summary>The low-resolution file, from the manifest's folder.</summary>
    public required string Lr { get; init; }

    /// <summary>The high-resolution clip, from the manifest's folder; a file, or a folder of pictures.</summary>
    public required string Hr { get; init; }

    /// <summary>The same in full, for when the manifest's folder has moved.</summary>
    public required string HrPath { get; init; }

    /// <summary>That file's size.</summary>
    public required long HrBytes { get; init; }

    /// <summary>When that file was last written, UTC.</summary>
    public required string HrModified { get; init; }

    /// <summary>Frames of both.</summary>
    public required int Frames { get; init; }

    /// <summary>S.</summary>
    public required int Scale { get; init; }

    /// <summary>The high-resolution frames' width.</summary>
    public required int HrWidth { get; init; }

    /// <summary>The high-resolution frames' height.</summary>
    public required int HrHeight { get; init; }

    /// <summary>How much of the width is in the low-resolution file: S times its width; what is missing is right.</summary>
    public required int CropWidth { get; init; }

    /// <summary>How much of the height is in the low-resolution file: S times its height; what is missing is below.</summary>
    public required int CropHeight { get; init; }

    /// <summary>The low-resolution frames' width.</summary>
    public required int LrWidth { get; init; }

    /// <summary>The low-resolution frames' height.</summary>
    public required int LrHeight { get; init; }

    /// <summary>The name that the numbers are drawn from, with the seed.</summary>
    public required string Name { get; init; }

    /// <summary>Which of the clip's variants it is, from 0.</summary>
    public required int Variant { get; init; }

    /// <summary>The blur's standard deviation in high-resolution pixels; 0 for none.</summary>
    public required double BlurSigma { get; init; }

    /// <summary>The noise's standard deviation in 8-bit levels; 0 for none.</summary>
    public required double NoiseSigma { get; init; }

    /// <summary>"same" where red, green and blue have the same noise, "each" where each has its own; null without noise.</summary>
    public string? NoiseChannels { get; init; }

    /// <summary>"h264" or "hevc".</summary>
    public required string Codec { get; init; }

    /// <summary>The constant rate factor.</summary>
    public required int Crf { get; init; }

    /// <summary>Whether it was made from this file as it is now.</summary>
    public bool IsOf(SourceEntry source) => HrBytes == source.Bytes && HrModified == source.Modified;
}
