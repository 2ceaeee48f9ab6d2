using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>The line that <c>vsr frames --hash</c> prints: number, pts in ticks, md5 as ffmpeg's framemd5 has it.</summary>
internal static class FrameHash
{
    [SuppressMessage("Security", "CA5351", Justification = "A fingerprint to compare with ffmpeg's framemd5, no protection.")]
    public static string Line(VideoFrame frame)
    {
        string pts = frame.PtsTicks is { } ticks ? FormattableString.Invariant($"{ticks}") : "N/A";
        string md5 = Convert.ToHexStringLower(MD5.HashData(frame.CopyTight()));
        return FormattableString.Invariant($"{frame.Index} {pts} {md5}");
    }
}
