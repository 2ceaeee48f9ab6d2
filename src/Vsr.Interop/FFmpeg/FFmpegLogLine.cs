namespace Vsr.Interop.FFmpeg;

/// <summary>A line that FFmpeg logged: "component: text", one line, and the thread it came from.</summary>
internal sealed record FFmpegLogLine(string Text, bool IsError, int ThreadId);
