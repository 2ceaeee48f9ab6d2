namespace Vsr.Data.Preparation.Transcoding;

/// <summary>What of the options decides on the files' content, for the manifest.</summary>
internal sealed record TranscodeSettings(
    string Resolution, int Height, string Codec, int Crf, int Keyint, string PixelFormat, string Preset, string Scaling)
{
    public static TranscodeSettings Of(TranscodeOptions options) => new(
        options.Resolution.Name,
        options.Resolution.Height,
        options.EffectiveCodec,
        options.EffectiveCrf,
        options.EffectiveKeyInt,
        options.PixelFormat,
        options.Preset,
        options.Scaling.ToString().ToLowerInvariant());
}
