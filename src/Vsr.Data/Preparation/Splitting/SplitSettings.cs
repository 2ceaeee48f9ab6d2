namespace Vsr.Data.Preparation.Splitting;

/// <summary>What of the options decides on the scenes, for the manifest.</summary>
internal sealed record SplitSettings(
    double? Threshold, double MinLengthSeconds, IReadOnlyList<double>? Timestamps, int? ValCount, double? ValShare, ulong? Seed,
    bool Lossless, int? Stream)
{
    public static SplitSettings Of(SplitOptions options) => new(
        options.Timestamps is null ? options.Detection.Threshold : null,
        options.Detection.MinLengthSeconds,
        options.Timestamps is { } list ? TimestampList.Read(list) : null,
        options.ValCount,
        options.ValShare,
        options.Seed,
        options.Lossless,
        options.Stream);
}
