using Vsr.Tests;

namespace Vsr.Cli.Tests.Reading;

/// <summary>An FFmpeg that is missing, or of a release whose layouts are not known, is one clear line and a hint.</summary>
public class MissingFFmpegTests
{
    [Fact]
    public void No_libraries()
    {
        using TemporaryFolder folder = new();
        string[] lines = Fail(folder.Path);
        Assert.StartsWith($"vsr: FFmpeg's libraries were not found in VSR_FFMPEG={folder.Path}:", lines[0], StringComparison.Ordinal);
        Assert.Contains("apt-get install ffmpeg", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_major()
    {
        using TemporaryFolder folder = new();
        OracleProgram.Run("cc", "-shared", "-o", folder.File("libavutil.so.60"), "-x", "c", "/dev/null");
        string[] lines = Fail(folder.Path);
        Assert.Equal(
            $"vsr: the FFmpeg found in VSR_FFMPEG={folder.Path} has libavutil 60, which is not supported: "
            + "5.1, 6.1 or 7.1 is needed (libavutil 57, 58 or 59)",
            lines[0]);
    }

    private static string[] Fail(string folder)
    {
        (int code, string output, string error) = OracleProgram.TryRun(
            "env", $"VSR_FFMPEG={folder}", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"), "info", VsrProcess.Sample);
        Assert.Equal((1, ""), (code, output));
        string[] lines = error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        return lines;
    }
}
