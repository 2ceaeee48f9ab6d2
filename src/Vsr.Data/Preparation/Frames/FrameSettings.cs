namespace Vsr.Data.Preparation.Frames;

/// <summary>What of the options decides on the pictures, for the manifest.</summary>
internal sealed record FrameSettings(
    string Resolution, int Height, string Format, int? Quality, bool Transcoded, string? Codec, int? Crf, int? Keyint, string Scaling)
{
    public static FrameSettings Of(FrameExtractionOptions options) => new(
        options.Resolution.Name,
        options.Resolution.Height,
        options.EffectiveFormat,
        options.EffectiveQuality,
        options.Transcoded,
        options.Codec,
        options.Crf,
        options.KeyInt,
        options.Scaling.ToString().ToLowerInvariant());
}
