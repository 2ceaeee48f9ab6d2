using Vsr.Video;

namespace Vsr.Data;

/// <summary>A loader and what decodes for it.</summary>
/// <param name="Loader">The loader. The caller disposes it.</param>
/// <param name="Decoder"><see cref="VideoDecoderKind.Software"/> or <see cref="VideoDecoderKind.Nvdec"/>.</param>
/// <param name="Reason">Why it is software though <see cref="VideoDecoderKind.Auto"/> was asked for; null otherwise.</param>
public sealed record CreatedLoader(ISequenceLoader Loader, VideoDecoderKind Decoder, string? Reason);
