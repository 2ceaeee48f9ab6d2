using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>One stream as <c>vsr info --json</c> prints it; the property names are its contract.</summary>
/// <param name="Index">Its number in the file, counted from 0 over all streams.</param>
/// <param name="Type">"video", "audio", "subtitle", "data", "attachment" or "unknown".</param>
/// <param name="Codec">FFmpeg's name of the codec; null where there is none, as of time codes.</param>
internal sealed record StreamReport(int Index, string Type, string? Codec)
{
    public static StreamReport Of(StreamInfo stream) => new(stream.Index, stream.Type, CodecName(stream.Codec));

    /// <summary>The name, null for the "none" that FFmpeg calls a codec it does not know.</summary>
    public static string? CodecName(string codec) => codec == "none" ? null : codec;
}
