using System.Collections.Frozen;

namespace Vsr.Video.Writing;

/// <summary>Which streams a container holds as they are, which after a change of subtitle format, and which not at all.</summary>
/// <remarks>
/// The tables name what libavformat 5.1 to 7.1 all write into the container; a test compares them with
/// <c>avformat_query_codec</c>. Sound is never converted: a stream that does not fit is left out.
/// </remarks>
internal static class StreamCopyRules
{
    private static readonly FrozenSet<string> TextSubtitles =
        FrozenSet.Create("mov_text", "subrip", "srt", "text", "ass", "ssa", "webvtt");

    private static readonly FrozenDictionary<StreamCopyContainer, FrozenSet<string>> Held =
        new Dictionary<StreamCopyContainer, FrozenSet<string>>
        {
            [StreamCopyContainer.Mp4] = FrozenSet.Create(
                "aac", "mp3", "mp2", "ac3", "eac3", "alac", "flac", "opus", "dts", "vorbis",
                "mov_text", "dvd_subtitle"),
            [StreamCopyContainer.Mov] = FrozenSet.Create(
                "aac", "mp3", "mp2", "ac3", "eac3", "alac", "amr_nb", "amr_wb",
                "pcm_u8", "pcm_s8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be",
                "pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be", "pcm_mulaw", "pcm_alaw", "adpcm_ima_qt",
                "mov_text", "eia_608"),
            [StreamCopyContainer.Matroska] = FrozenSet.Create(
                "aac", "mp3", "mp2", "ac3", "eac3", "alac", "flac", "opus", "dts", "vorbis", "truehd", "mlp", "tta",
                "wavpack", "pcm_u8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be",
                "pcm_f32le", "pcm_f64le", "pcm_mulaw", "pcm_alaw",
                "subrip", "ass", "webvtt", "dvd_subtitle", "dvb_subtitle", "hdmv_pgs_subtitle",
                "ttf", "otf"),
        }.ToFrozenDictionary();

    /// <summary>The container that a file name's extension asks for; null for an extension that is not written.</summary>
    public static StreamCopyContainer? ContainerOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".MP4" or ".M4V" => StreamCopyContainer.Mp4,
        ".MOV" => StreamCopyContainer.Mov,
        ".MKV" => StreamCopyContainer.Matroska,
        _ => null,
    };

    /// <summary>Decides what becomes of a stream that is not the chosen video.</summary>
    public static StreamCopyDecision Decide(StreamCopyCandidate stream, StreamCopyContainer container) => stream.Type switch
    {
        "audio" or "attachment" => Held[container].Contains(stream.Codec)
            ? Copy(stream)
            : LeaveOut(stream, CannotHold(stream.Codec, container)),
        "subtitle" => DecideSubtitle(stream, container),
        "video" when stream.IsAttachedPicture => LeaveOut(stream, "attached pictures are not carried over"),
        "video" => LeaveOut(stream, "one video stream is upscaled at a time"),
        _ => LeaveOut(stream, "data streams are not carried over"),
    };

    private static StreamCopyDecision DecideSubtitle(StreamCopyCandidate stream, StreamCopyContainer container)
    {
        if (Held[container].Contains(stream.Codec))
        {
            return Copy(stream);
        }

        if (!TextSubtitles.Contains(stream.Codec))
        {
            return LeaveOut(stream, CannotHold(stream.Codec, container));
        }

        string codec = container == StreamCopyContainer.Matroska ? "subrip" : "mov_text";
        return new StreamCopyDecision(stream, StreamCopyAction.ConvertText, codec, Reason: null);
    }

    private static StreamCopyDecision Copy(StreamCopyCandidate stream) =>
        new(stream, StreamCopyAction.Copy, stream.Codec, Reason: null);

    private static StreamCopyDecision LeaveOut(StreamCopyCandidate stream, string reason) =>
        new(stream, StreamCopyAction.LeaveOut, OutputCodec: null, reason);

    private static string CannotHold(string codec, StreamCopyContainer container)
    {
        string? other = Enum.GetValues<StreamCopyContainer>()
            .Where(candidate => Held[candidate].Contains(codec))
            .OrderByDescending(candidate => candidate == StreamCopyContainer.Matroska)
            .Select(candidate => (StreamCopyContainer?)candidate)
            .FirstOrDefault() is { } found ? ExtensionOf(found) : null;
        string fix = other is null ? "" : $"; write {other} instead";
        return $"{ExtensionOf(container)} cannot hold it{fix}";
    }

    private static string ExtensionOf(StreamCopyContainer container) => container switch
    {
        StreamCopyContainer.Mp4 => ".mp4",
        StreamCopyContainer.Mov => ".mov",
        _ => ".mkv",
    };
}
