using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Training;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Cli.Tests.Bench;

public sealed partial class BenchCommandTests : IDisposable
{
    private const int Sigint = 2;
    private static readonly string[] Small =
        ["--crop", "32x48", "--batch", "2", "--batches", "4", "--seconds", "0", "--warm-up", "1", "--compute-ms", "0,5", "--threads", "2"];

    private readonly TemporaryFolder _folder = new();

    private string Cache => _folder.File("cache");

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--crop", "540")]
    [InlineData("--crop", "0x960")]
    [InlineData("--resolution", "big")]
    [InlineData("--resolution", "721p")]
    [InlineData("--loader", "dali")]
    [InlineData("--decoder", "vdpau")]
    [InlineData("--batches", "0")]
    [InlineData("--seconds", "-1")]
    [InlineData("--warm-up", "-1")]
    [InlineData("--frames", "2")]
    [InlineData("--compute-ms", "0,fast")]
    [InlineData("--compute-ms", "-1")]
    [InlineData("--device", "gpu")]
    [InlineData("--report", "/no/such/folder/report.md")]
    public void WhatIsWrongOnTheCommandLineEndsWith2(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["bench", "loader", .. arguments]));

    [Fact]
    public void WithoutWhatToMeasureTheHelpIsNamed() => Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["bench"]));

    [Fact]
    public void AFolderWithoutClipsEndsWith1AndSaysWhereItLooked()
    {
        Directory.CreateDirectory(Data);

        (int exitCode, string output, string error) = BenchProcess.Run(Cache, ["--data", Data, "--loader", "software", .. Small]);

        Assert.Equal((ExitCode.Failure, ""), (exitCode, output));
        Assert.Contains("there is no video for 720p", error, StringComparison.Ordinal);
        Assert.Contains("mp4/720p", error, StringComparison.Ordinal);
    }

    [Fact]
    public void NvdecThatIsNotThereIsRefused()
    {
        WriteClips();

        (int exitCode, _, string error) = BenchProcess.Run(Cache, ["--data", Data, "--loader", "video", "--decoder", "nvdec", .. Small]);

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Contains("NVDEC", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AllLoadersHaveRowsForEachComputingTime()
    {
        WriteClips();
        string report = _folder.File("report.md");

        (int exitCode, string output, string error) = BenchProcess.Run(
            Cache, ["--data", Data, "--resolution", "96p", "--json", "--report", report, "--cache", "8", .. Small]);

        Assert.True(exitCode == ExitCode.Success, error);
        JsonObject[] rows = BenchProcess.Measured(output);
        string[] expected =
        [
            "video False 0", "video False 5", "video True 0", "video True 5", "software False 0", "software False 5", "software True 0",
            "software True 5", "png False 0", "png False 5",
        ];
        Assert.Equal(expected, rows.Select(row => $"{row["loader"]} {row["cached"]!.GetValue<bool>()} {row["compute_ms"]}"));
        Assert.All(rows, AssertFigures);
        Assert.True(JsonNode.Parse(output)!["rows"]!.AsArray().Count > rows.Length); // stored ones
        Assert.StartsWith("vsr bench loader --data ", JsonNode.Parse(output)!["command"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("| png | software | 96p |", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void FoldersOfPicturesAreUsedAgain()
    {
        WriteClips();
        string[] arguments = ["--data", Data, "--resolution", "96p", "--loader", "png", "--json", .. Small];

        (int firstCode, string first, string firstError) = BenchProcess.Run(Cache, arguments);
        string[] folders = Directory.GetDirectories(Path.Combine(Cache, "vsr", "bench", "png"));
        string[] pictures = [.. Directory.GetFiles(folders.Order().First()).Order()];
        DateTime[] written = [.. pictures.Select(File.GetLastWriteTimeUtc)];
        (int secondCode, string second, string secondError) = BenchProcess.Run(Cache, arguments);

        Assert.True((firstCode, secondCode) == (ExitCode.Success, ExitCode.Success), firstError + secondError);
        Assert.Contains("as .png", firstError, StringComparison.Ordinal);
        Assert.DoesNotContain("as .png", secondError, StringComparison.Ordinal);
        Assert.Equal(2, folders.Length);
        Assert.All(folders, folder => Assert.DoesNotContain(".part", folder, StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 16).Select(i => $"{i:D5}.png"), pictures.Select(path => Path.GetFileName(path)));
        Assert.Equal(written, pictures.Select(File.GetLastWriteTimeUtc));
        Assert.Equal(BenchProcess.Measured(first)[0]["disk_bytes"]!.ToJsonString(), BenchProcess.Measured(second)[0]["disk_bytes"]!.ToJsonString());
        using FrameReader clip = new(Path.Combine(Data, "a.mp4"));
        using VideoFrame frame = clip.GetFrame(6);
        string folder = folders.Order().First();
        Assert.Equal(
            RgbConverter.ToImage(frame).Samples8.ToArray(), PictureFile.ReadRgb(Path.Combine(folder, "00007.png")).Samples8.ToArray());
    }

    [Fact]
    public void CtrlCEndsWith130AndWithoutAReport()
    {
        WriteClips();
        using Process process = BenchProcess.Start(
            Cache, ["--data", Data, "--resolution", "96p", "--loader", "software", "--json", "--crop", "32x48", "--batches", "1000000"]);
        string? line = process.StandardError.ReadLine();
        Assert.Contains("1000000 batches", line, StringComparison.Ordinal);

        Assert.Equal(0, Kill(process.Id, Sigint));
        (int exitCode, string output, string error) = BenchProcess.Finish(process);

        Assert.Equal((ExitCode.Interrupted, ""), (exitCode, output));
        Assert.Contains("stopped", error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void WithoutDataClipsAreMadeFromTheSampleOnce()
    {
        string[] arguments = ["--resolution", "180p", "--loader", "software", "--json", .. Small];

        (int exitCode, string output, string error) = BenchProcess.Run(Cache, arguments);
        (_, string again, string secondError) = BenchProcess.Run(Cache, arguments);

        Assert.True(exitCode == ExitCode.Success, error);
        Assert.Contains("writing 4 clips", error, StringComparison.Ordinal);
        Assert.DoesNotContain("writing", secondError, StringComparison.Ordinal);
        Assert.All(BenchProcess.Measured(output), row => Assert.Equal("180p", row["resolution"]!.GetValue<string>()));
        Assert.Equal(2, BenchProcess.Measured(again).Length);
        string clip = Directory.GetFiles(Path.Combine(Cache, "vsr", "bench", "clips", "180p")).Order().First();
        using FrameReader reader = new(clip);
        Assert.Equal((320, 180, 96), (reader.Stream.Width, reader.Stream.Height, reader.FrameCount));
    }

    private static void AssertFigures(JsonObject row)
    {
        double Number(string name) => row[name]!.GetValue<double>();
        Assert.Equal("software", row["decoder"]!.GetValue<string>());
        Assert.Equal(("96p", "32x48", 2, 3), (row["resolution"]!.GetValue<string>(), row["crop"]!.GetValue<string>(),
            row["batch"]!.GetValue<int>(), row["frames"]!.GetValue<int>()));
        Assert.True(Number("disk_bytes") > 1000);
        Assert.True(Number("delivered_fps") > 0);
        Assert.InRange(Number("decoded_per_delivered"), row["cached"]!.GetValue<bool>() ? 0 : 0.05, 20);   // all frames of these clips fit
        double rate = Number("delivered_fps");                                  // rounded to 0.1, and the time to 0.001
        Assert.Equal(6000 / rate, Number("ms_iter"), 0.001 + (6000 / rate * 0.06 / rate));
        Assert.InRange(Number("ms_iter"), Math.Max(Number("compute_ms"), Number("data_host_ms")), 60_000);
        Assert.Equal(Number("data_host_ms") + Number("data_gpu_ms"), Number("data_ms"), 0.002);
        Assert.True(Number("cpu_ms") >= 0);
        Assert.InRange(Number("host_anon_mib"), 10, Number("host_rss_mib"));
        Assert.Null(row["device_mib"]);
        Assert.Null(row["engine_percent"]);
    }

    private void WriteClips()
    {
        Directory.CreateDirectory(Data);
        TrainProcess.WriteClip(Path.Combine(Data, "a.mp4"));
        TrainProcess.WriteClip(Path.Combine(Data, "b.mp4"));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
