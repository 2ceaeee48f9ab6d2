using System.Runtime.InteropServices;
using Vsr.Interop.FFmpeg;

namespace Vsr.Cli.Doctor;

/// <summary>FFmpeg's libraries and the codecs in them.</summary>
internal sealed record FFmpegFindings(
    string? Version,
    string? Status,
    IReadOnlyDictionary<string, string> Libraries,
    IReadOnlyDictionary<string, bool> Decoders,
    IReadOnlyDictionary<string, bool> Encoders,
    string? Problem,
    string? Hint)
{
    private static readonly string[] WantedDecoders =
        ["h264", "hevc", "vp9", "vp8", "av1", "libdav1d", "mpeg4", "mpeg2video", "mjpeg", "png", "ffv1", "prores", "rawvideo"];

    private static readonly string[] WantedEncoders = ["libx264", "libx265", "ffv1", "png", "mjpeg", "aac", "mov_text", "srt"];

    /// <summary>Whether the libraries are there with what reading and the usual output need.</summary>
    public bool Ok => Problem is null && Decoders.GetValueOrDefault("h264") && Encoders.GetValueOrDefault("libx264");

    public static FFmpegFindings Collect()
    {
        try
        {
            FFmpegLibrary library = FFmpegLibrary.Instance;
            string status = library.Release switch
            {
                FFmpegRelease.V51 => "tested",
                FFmpegRelease.V71 => "reading tested",
                _ => "untested",
            };
            return new(
                library.Version,
                status,
                library.LibraryVersions,
                WantedDecoders.ToDictionary(name => name, HasDecoder),
                WantedEncoders.ToDictionary(name => name, HasEncoder),
                null,
                null);
        }
        catch (Exception failure) when (failure is VsrException or DllNotFoundException or ExternalException or EntryPointNotFoundException)
        {
            Dictionary<string, bool> none = [];
            return new(null, null, new Dictionary<string, string>(), none, none, failure.Message, (failure as VsrException)?.Hint);
        }
    }

    private static unsafe bool HasDecoder(string name) => LibAvCodec.avcodec_find_decoder_by_name(name) is not null;

    private static unsafe bool HasEncoder(string name) => LibAvCodec.avcodec_find_encoder_by_name(name) is not null;
}
