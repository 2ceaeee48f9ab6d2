namespace Vsr.Interop.FFmpeg;

/// <summary>Turns FFmpeg's negative return codes into text.</summary>
internal static unsafe class FFmpegError
{
    /// <summary>What a code means: "Invalid data found when processing input".</summary>
    public static string Describe(int code)
    {
        const int size = 128;
        byte* text = stackalloc byte[size];
        return LibAvUtil.av_strerror(code, text, size) < 0 ? $"error {code}" : Utf8.ToText(text)!;
    }

    /// <summary>What a code means, with what FFmpeg logged about it since a mark.</summary>
    public static string Describe(int code, long logMark)
    {
        string? logged = FFmpegLog.LastError(logMark);
        return logged is null ? Describe(code) : $"{Describe(code)} ({logged})";
    }
}
