using Vsr.Tests;
using Vsr.Upscaling.Tests.Pipeline;

namespace Vsr.Upscaling.Tests;

/// <summary>The memory that a run needs does not grow with the length of the video.</summary>
[Trait("Category", "Slow")]
public class ConstantMemoryTests
{
    private const long MegaByte = 1 << 20;

    [Fact]
    public void AMinuteNeedsNoMoreThanTwoSeconds()
    {
        using TemporaryFolder folder = new();
        string shortVideo = Make(folder, 2);
        string longVideo = Make(folder, 60);
        Upscale(shortVideo, folder.File("warm.mp4"));

        long shortPeak = ProcessMemory.PeakOf(() => Upscale(shortVideo, folder.File("short.mp4")));
        long longPeak = ProcessMemory.PeakOf(() => Upscale(longVideo, folder.File("long.mp4")));

        // All enlarged frames together would be 500 MB, the low-resolution ones 250 MB.
        TestContext.Current.SendDiagnosticMessage($"2 s: {shortPeak / MegaByte} MB, 60 s: {longPeak / MegaByte} MB");
        Assert.True(longPeak - shortPeak < 48 * MegaByte, $"2 s: {shortPeak / MegaByte} MB, 60 s: {longPeak / MegaByte} MB");
        Assert.Equal(1500, MediaFile.FrameTicks(folder.File("long.mp4")).Length);
        Assert.Equal(MediaFile.AudioHash(longVideo), MediaFile.AudioHash(folder.File("long.mp4")));
    }

    private static string Make(TemporaryFolder folder, int seconds)
    {
        string path = folder.File($"{seconds}.mp4");
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", $"testsrc2=s=320x180:r=25:d={seconds}",
            "-f", "lavfi", "-i", $"sine=d={seconds}", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac", path);
        return path;
    }

    private static void Upscale(string input, string output)
    {
        using RepeatingUpscaler network = new(2);
        new VideoUpscaler(network, CpuBackend.Load()).Run(
            input, output, new UpscaleOptions { Preset = "ultrafast", Crf = 35 }, null, TestContext.Current.CancellationToken);
    }
}
