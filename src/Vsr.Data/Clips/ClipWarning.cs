namespace Vsr.Data;

/// <summary>The one line that says which file failed, why, and what follows.</summary>
internal static class ClipWarning
{
    public static string LeftOut(string clip, Exception failure) => $"{Named(clip, failure)}; the clip is left out";

    public static string Replaced(string clip, Exception failure) => $"{Named(clip, failure)}; others replace the samples that fail";

    private static string Named(string clip, Exception failure)
    {
        string message = failure.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return message.Contains(clip, StringComparison.Ordinal) ? message : $"{clip}: {message}";
    }
}
