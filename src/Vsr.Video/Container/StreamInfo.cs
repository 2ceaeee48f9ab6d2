namespace Vsr.Video;

/// <summary>One stream of a file.</summary>
/// <param name="Index">Its number in the file, counted from 0 over all streams.</param>
/// <param name="Type">"video", "audio", "subtitle", "data", "attachment" or "unknown".</param>
/// <param name="Codec">FFmpeg's name of the codec: "h264"; "none" where there is none.</param>
public sealed record StreamInfo(int Index, string Type, string Codec);
