using System.Diagnostics;
using System.Text.Json.Nodes;
using Vsr.Cli.Demo;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Cli.Tests.Demo;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheClipIsCutWithoutLossAndReducedWithItsSound()
    {
        TorchTestBackend.Ensure();
        DemoFolder folder = new(_folder.File("demo"));
        string sample = DemoFolder.FindSample();
        folder.Prepare();
        DemoClips.Cut(sample, folder, CancellationToken.None);
        DemoClips.Reduce(sample, folder.SmallClip, CancellationToken.None);

        using FrameReader whole = new(sample);
        using FrameReader first = new(folder.TrainingClip);
        using FrameReader last = new(folder.ScoredClip);
        using FrameReader small = new(folder.SmallClip);
        Assert.Equal((72, 24, 48), (first.FrameCount, last.FrameCount, small.FrameCount));
        Assert.Equal((160, 90), (small.Stream.Width, small.Stream.Height));
        foreach ((FrameReader part, int index, int original) in new[] { (first, 71, 71), (last, 0, 72), (last, 23, 95) })
        {
            using VideoFrame actual = part.GetFrame(index);
            using VideoFrame expected = whole.GetFrame(original);
            Assert.Equal(expected.CopyTight(), actual.CopyTight());
        }

        double seconds = small.FrameCount * 1001 / 30000.0;
        (int audio, double duration) = Sound(folder.SmallClip);
        Assert.Equal(1, audio);
        Assert.InRange(duration, seconds - 0.05, seconds + 0.05);
    }

    [Fact]
    public void AFolderThatIsNoTrainingRunIsNotRemoved()
    {
        DemoFolder folder = new(_folder.File("demo"));
        Directory.CreateDirectory(folder.Run);
        string precious = Path.Combine(folder.Run, "notes.txt");
        File.WriteAllText(precious, "mine");

        Assert.Throws<VsrException>(folder.Prepare);
        Assert.True(File.Exists(precious));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void TheDemoBeatsBicubicInFourMinutes()
    {
        Assert.SkipWhen(ShippedWeights.Find(architecture: null, 4) is null, "no weights are shipped");
        string output = _folder.File("demo");
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"), "demo", "--out", output]))!;
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        JsonNode report = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "report.json")))!;
        double bicubic = report["bicubic_psnr_db"]!.GetValue<double>();
        Assert.InRange(report["trained_psnr_db"]!.GetValue<double>(), bicubic + 0.3, 60);
        Assert.InRange(report["shipped_psnr_db"]!.GetValue<double>(), bicubic + 1, 60);
        Assert.InRange(report["upscaled_frames"]!.GetValue<int>(), 48, 96);
        Assert.InRange(report["seconds"]!.GetValue<double>(), 60, 240);
        Assert.Equal(1, Sound(Path.Combine(output, "upscaled.mp4")).Streams);
        Assert.True(File.Exists(Path.Combine(output, "report.html")));
    }

    private static (int Streams, double Seconds) Sound(string path)
    {
        string[] lines = OracleProgram.Run(
            "ffprobe", "-v", "error", "-select_streams", "a", "-show_entries", "stream=duration", "-of", "csv=p=0", path)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (lines.Length, double.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture));
    }
}
