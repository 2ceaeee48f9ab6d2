using Vsr.Data.Synthesis;

namespace Vsr.Data.Preparation.Pairs;

/// <summary>What of the options decides on the files' content, for the manifest.</summary>
internal sealed record PairSettings(
    int Scale, string Blur, double BlurShare, string Noise, double NoiseShare, double ColorNoiseShare, string Crf, double HevcShare,
    string Preset, int Variants, ulong Seed, int? StillsCount, int? StillsFrames, int? StillsSize, string? StillsPictures)
{
    /// <exception cref="VsrException">There is no folder of stills, or no picture in it.</exception>
    public static PairSettings Of(PairOptions options) => new(
        options.Degradation.Scale,
        options.Degradation.BlurSigma.ToString(),
        options.Degradation.BlurShare,
        options.Degradation.NoiseSigma.ToString(),
        options.Degradation.NoiseShare,
        options.Degradation.ColorNoiseShare,
        options.Degradation.Crf.ToString(),
        options.Degradation.HevcShare,
        CompressionEncoding.Preset,
        options.Variants,
        options.Seed,
        options.Stills?.Count,
        options.Stills?.Frames,
        options.Stills?.Size,
        options.Stills is null ? null : Describe(StillFolder.List(options.Stills.Folder)));

    // Every sequence depends on all pictures.
    private static string Describe(IReadOnlyList<string> pictures) =>
        FormattableString.Invariant($"{pictures.Count} of {pictures.Sum(path => new FileInfo(path).Length)} bytes");
}
