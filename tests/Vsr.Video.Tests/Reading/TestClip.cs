using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>Makes small clips with the ffmpeg program, for what the program's own writer does not make.</summary>
internal static class TestClip
{
    public const int Frames = 60;

    /// <summary>Encodes 60 frames of ffmpeg's moving test picture, 96x64; skips the test where the encoder is missing.</summary>
    public static string Make(TemporaryFolder folder, string name, params string[] options)
    {
        string path = folder.File(name);
        string[] arguments =
        [
            "-v", "error", "-nostdin", "-f", "lavfi", "-i", $"testsrc2=size=96x64:rate=25:duration={Frames / 25.0:0.0}",
            "-pix_fmt", "yuv420p", .. options, "-y", path,
        ];
        (int code, _, string error) = OracleProgram.TryRun("ffmpeg", arguments);
        if (code != 0 && error.Contains("Unknown encoder", StringComparison.Ordinal))
        {
            Assert.Skip($"this ffmpeg lacks an encoder: {error.Trim()}");
        }

        Assert.True(code == 0, error);
        return path;
    }
}
