using Vsr.Data.Preparation.Manifests;

namespace Vsr.Data.Preparation.Pairs;

/// <summary>A low-resolution file that is to be made.</summary>
/// <param name="Source">The high-resolution clip.</param>
/// <param name="Drawn">What is done to it.</param>
internal sealed record PairJob(PairSource Source, ClipDegradation Drawn)
{
    /// <summary>The folder of low-resolution files in the manifest's.</summary>
    public const string Folder = "lr";

    /// <summary>The file's path in the manifest's folder.</summary>
    public string Target { get; } = Path.Combine(Folder, FormattableString.Invariant($"{Source.Name}-v{Drawn.Variant}.mp4"));

    /// <summary>The finished pair's entry.</summary>
    /// <param name="outData">The manifest's folder.</param>
    /// <param name="degrader">What made the frames.</param>
    /// <param name="size">Width and height of the high-resolution frames.</param>
    /// <param name="frames">How many there were.</param>
    public PairEntry Entry(string outData, FrameDegrader degrader, (int Width, int Height) size, int frames) => new()
    {
        Lr = Target,
        Hr = Path.GetRelativePath(Path.GetFullPath(outData), Path.GetFullPath(Source.Path)),
        HrPath = Path.GetFullPath(Source.Path),
        HrBytes = Source.File.Bytes,
        HrModified = Source.File.Modified,
        Frames = frames,
        Scale = Drawn.Scale,
        HrWidth = size.Width,
        HrHeight = size.Height,
        CropWidth = degrader.CroppedWidth,
        CropHeight = degrader.CroppedHeight,
        LrWidth = degrader.Width,
        LrHeight = degrader.Height,
        Name = Source.Name,
        Variant = Drawn.Variant,
        BlurSigma = Drawn.BlurSigma,
        NoiseSigma = Drawn.NoiseSigma,
        NoiseChannels = Drawn.NoiseSigma == 0 ? null : Drawn.IsNoiseColored ? "each" : "same",
        Codec = CompressionEncoding.NameOf(Drawn.Codec),
        Crf = Drawn.Crf,
    };
}
