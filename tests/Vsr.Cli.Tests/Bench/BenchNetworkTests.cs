using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Models;
using Vsr.Cli.Tests.Reading;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Bench;

public class BenchNetworkTests
{
    private static readonly string[] Small = ["bench", "network", "--size", "32x24", "--device", "cpu", "--precision", "fp32", "--frames", "4", "--warm-up", "1", "--profile"];

    private static readonly string[] Fresh = [.. Small, "--network", "recurrent", "--channels", "8", "--blocks", "1", "--setting", "use_flow=false"];

    [Fact]
    public void RowsHaveTimesAndMemoryAndOtherProgramsAreMarked()
    {
        using TemporaryFolder folder = new();
        string report = folder.File("report.md");

        (int exitCode, string output, string error) = VsrProcess.Run(
            [.. Fresh, "--scale", "2", "--peer", "theirs=12.5", "--json", "--report", report]);

        Assert.True(exitCode == ExitCode.Success, error);
        JsonNode json = JsonNode.Parse(output)!;
        JsonObject[] rows = [.. json["rows"]!.AsArray().Select(row => row!.AsObject())];
        JsonObject[] measured = [.. rows.Where(row => !row["stored"]!.GetValue<bool>())];
        Assert.Equal([true, false], measured.Select(row => row["network_only"]!.GetValue<bool>()));
        foreach (JsonObject row in measured)
        {
            Assert.Equal("recurrent channels=8 blocks=1 scale=2 use_flow=false, untrained", row["model"]!.GetValue<string>());
            Assert.Equal("recurrent cpu fp32 32x24 2", $"{row["architecture"]} {row["device"]} {row["precision"]} {row["size"]} {row["scale"]}");
            Assert.Equal(4, row["frames"]!.GetValue<int>());
            Assert.InRange(row["ms"]!.GetValue<double>(), 0.05, row["ms_p90"]!.GetValue<double>());
            Assert.InRange(row["fps"]!.GetValue<double>(), 0.1, 20_000);
            Assert.InRange(row["host_mib"]!.GetValue<double>(), 50, 20_000);
            Assert.True(row.ContainsKey("graph") && row["graph"] is null);
            Assert.True(row.ContainsKey("device_mib") && row["device_mib"] is null);
        }

        JsonObject theirs = Assert.Single(rows, row => row["model"]!.GetValue<string>() == "theirs");
        Assert.Equal((12.5, 80.0), (theirs["ms"]!.GetValue<double>(), theirs["fps"]!.GetValue<double>()));
        Assert.Contains(rows, row => row["model"]!.GetValue<string>().Contains("PyTorch", StringComparison.Ordinal));
        string command = string.Join(' ', ["vsr", .. Fresh, "--scale", "2", "--peer", "theirs=12.5"]);
        Assert.Equal(command, json["command"]!.GetValue<string>());
        string text = File.ReadAllText(report);
        Assert.StartsWith("# Networks: a frame of moving pictures\n\nMachine: ", text, StringComparison.Ordinal);
        Assert.Contains($"\n    {command}\n", text, StringComparison.Ordinal);
        Assert.Contains("untrained | cpu | fp32 | 32x24, x2 | network alone |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void NetworksThatWorkOnGroupsOfFramesAreMeasuredByGroups()
    {
        (int exitCode, string output, string error) = VsrProcess.Run([.. Fresh, "--setting", "two_directions=true", "--json"]);
        Assert.True(exitCode == ExitCode.Success, error);
        JsonNode?[] rows = [.. BenchProcess.Measured(output)];
        Assert.Equal(2, rows.Length);
        foreach (JsonNode? row in rows)
        {
            Assert.Equal(32, row!["frames"]!.GetValue<int>());                  // 4 were asked for
            Assert.Equal(row["ms"]!.GetValue<double>(), 1000 / row["fps"]!.GetValue<double>(), 0.02);
            Assert.Contains("means of 32", row["note"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ShippedNetworksAndFilesAreMeasured()
    {
        using ModelFiles files = new("full", "fast");

        (int exitCode, string output, string error) = files.Run([.. Small, "--model", "full,fast", "--json"]);
        Assert.True(exitCode == ExitCode.Success, error);
        Assert.Equal(["full", "full", "fast", "fast"], BenchProcess.Measured(output).Select(row => row["model"]!.GetValue<string>()));

        (exitCode, output, error) = files.Run([.. Small, "--weights", files.File("fast-x4.safetensors")]);
        Assert.True(exitCode == ExitCode.Success, error);
        Assert.Matches(@"\nfast-x4\.safetensors +cpu +fp32 +32x24, x4 +network alone +4 ", output);

        Assert.Equal(
            (ExitCode.Failure, "", "vsr: model best: its file best-x4.safetensors is not there; those there are: full, fast\n"),
            files.Run([.. Small, "--model", "full,best"]));
    }

    [Theory]
    [InlineData("--model 'huge' is unknown", "--model", "full,huge")]
    [InlineData("--model and --weights contradict each other", "--model", "full", "--weights", "w")]
    [InlineData("--channels is for --network", "--channels", "64")]
    [InlineData("--network flow does not enlarge video", "--network", "flow")]
    [InlineData("Channels 4 is outside 8..1024", "--network", "recurrent", "--channels", "4")]
    [InlineData("network 'recurrent' has no setting 'width'", "--network", "recurrent", "--setting", "width=3")]
    [InlineData("--setting channels: give a name and a value", "--network", "recurrent", "--setting", "channels")]
    [InlineData("--size 960: '960' is no size", "--size", "960")]
    [InlineData("--size 960x540,8x8: '8x8' is no size", "--size", "960x540,8x8")]
    [InlineData("--precision fp8 is unknown; use fp32 or bf16", "--precision", "fp8")]
    [InlineData("--frames 0 is outside 1 to 1000000", "--frames", "0")]
    [InlineData("--peer x: give a name and milliseconds", "--peer", "x")]
    [InlineData("--report /nowhere/r.md: its folder does not exist", "--report", "/nowhere/r.md")]
    public void WrongValuesAreUsageErrors(string expected, params string[] options)
    {
        (int exitCode, string output, string error) = VsrProcess.Run(["bench", "network", .. options]);

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
        Assert.StartsWith($"vsr: {expected}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("network", "/proc/r.md", "the folder /proc takes no new file; choose another")]
    [InlineData("train", "/tmp", "is a folder; name a file in it")]
    [InlineData("loader", "/proc/r.md", "the folder /proc takes no new file; choose another")]
    public void AReportThatCannotBeWrittenIsRefusedBeforeTheMeasuring(string bench, string report, string expected)
    {
        (int exitCode, string output, string error) = VsrProcess.Run("bench", bench, "--report", report, "--device", "cpu");

        Assert.Equal((ExitCode.Failure, ""), (exitCode, output));
        Assert.Equal($"vsr: --report {report}: {expected}\n", error);
    }
}
