using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Reading;
using Vsr.Cli.Tests.Training;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Bench;

[Trait("Category", "Gpu")]
public sealed class BenchGpuTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RowsOnTheGpuHaveAllFigures()
    {
        TorchTestBackend.RequireCuda();
        TrainProcess.WriteClip(_folder.File("a.mp4"));

        (int exitCode, string output, string error) = VsrProcess.Run(
            "bench", "loader", "--data", _folder.Path, "--resolution", "96p", "--loader", "video", "--crop", "64x64", "--batch", "2",
            "--batches", "40", "--seconds", "0", "--warm-up", "5", "--compute-ms", "0,30", "--json");

        Assert.True(exitCode == ExitCode.Success, error);
        JsonObject[] rows = BenchProcess.Measured(output);
        Assert.Equal(2, rows.Length);
        foreach (JsonObject row in rows)
        {
            Assert.True(row["decoder"]!.GetValue<string>() == "nvdec", output);
            Assert.True(row["device_mib"]!.GetValue<double>() > 0, output);
            double sum = row["data_host_ms"]!.GetValue<double>() + row["data_gpu_ms"]!.GetValue<double>();
            Assert.True(Math.Abs(sum - row["data_ms"]!.GetValue<double>()) < 0.002, output);
        }

        Assert.True(rows[1]["ms_iter"]!.GetValue<double>() is > 27 and < 45, output);
        Assert.True(Math.Abs(rows[1]["data_ms"]!.GetValue<double>()) < 5, output);
    }

    [Fact]
    public void StepsThatWereQueuedBeforeAreNotCounted()
    {
        TorchTestBackend.RequireCuda();

        (int exitCode, string output, string error) = VsrProcess.Run(
            "bench", "train", "--network", "vsrnet", "--flow", "none", "--crop", "512x512", "--batch", "4", "--precision", "bf16",
            "--steps", "4", "--warm-up", "20", "--device", "cuda", "--json");

        Assert.True(exitCode == ExitCode.Success, error);
        JsonObject row = Assert.Single(BenchProcess.Measured(output));
        Assert.True(row["wall_ms"]!.GetValue<double>() < 2 * row["gpu_ms"]!.GetValue<double>(), output);
    }

    [Fact]
    public void NetworksOnTheGpuAreMeasuredWithAndWithoutAGraph()
    {
        TorchTestBackend.RequireCuda();

        (int exitCode, string output, string error) = VsrProcess.Run(
            "bench", "network", "--network", "recurrent", "--channels", "16", "--blocks", "2", "--size", "160x90", "--precision", "fp32,bf16", "--profile",
            "--frames", "20", "--device", "cuda", "--json");

        Assert.True(exitCode == ExitCode.Success, error);
        JsonObject[] rows = BenchProcess.Measured(output);
        Assert.Equal(
            ["fp32 True True", "fp32 True False", "fp32 False True", "fp32 False False", "bf16 True True", "bf16 True False", "bf16 False True", "bf16 False False"],
            rows.Select(row => $"{row["precision"]} {row["network_only"]!.GetValue<bool>()} {row["graph"]!.GetValue<bool>()}"));
        Assert.All(rows, row => Assert.InRange(row["ms"]!.GetValue<double>(), 0.05, 1000));
        Assert.All(rows, row => Assert.InRange(row["device_mib"]!.GetValue<double>(), 100, 1_000_000));
    }
}
