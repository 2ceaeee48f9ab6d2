using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Reading;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Bench;

public class BenchTrainTests
{
    private static readonly string[] Small =
    [
        "bench", "train", "--network", "vsrnet", "--flow", "none", "--crop", "64x64", "--steps", "2", "--warm-up", "1", "--device", "cpu",
    ];

    [Fact]
    public void RowsHaveTimesAndLossesAndStoredOnesAreMarked()
    {
        using TemporaryFolder folder = new();
        string report = folder.File("report.md");

        (int exitCode, string output, string error) = VsrProcess.Run(
            [.. Small, "--batch", "1,2", "--precision", "fp32,bf16", "--json", "--report", report]);

        Assert.True(exitCode == ExitCode.Success, error);
        JsonNode json = JsonNode.Parse(output)!;
        JsonNode[] rows = [.. json["rows"]!.AsArray().OfType<JsonNode>()];
        JsonNode[] measured = [.. rows.Where(row => !row["stored"]!.GetValue<bool>())];
        Assert.Equal(
            ["fp32 1", "bf16 1", "fp32 2", "bf16 2"], measured.Select(row => $"{row["precision"]} {row["batch"]}"));
        Assert.All(measured, row => Assert.InRange(row["wall_ms"]!.GetValue<double>(), 0.1, 60_000));
        Assert.All(measured, row => Assert.InRange(row["loss"]!.GetValue<double>(), 0.01, 0.5));
        Assert.All(measured, row => Assert.Null(row["gpu_ms"]));
        Assert.True(rows.Length > measured.Length);
        Assert.StartsWith("vsr bench train --network vsrnet --flow none ", json["command"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("| vsrnet + none | fp32 | 64x64, 1x3 |", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameSettingsGiveTheSameLoss()
    {
        string[] losses = [.. Enumerable.Range(0, 2).Select(_ => Loss([.. Small, "--batch", "1", "--precision", "fp32", "--json"]))];

        Assert.Equal(losses[0], losses[1]);
    }

    [Theory]
    [InlineData("--precision", "fp8", "fp8")]
    [InlineData("--batch", "3,x", "'x'")]
    [InlineData("--crop", "100x64", "multiples of 16")]
    [InlineData("--frames", "4", "odd")]
    public void WrongValuesAreUsageErrors(string option, string value, string expected)
    {
        (int exitCode, string output, string error) = VsrProcess.Run("bench", "train", "--flow", "none", option, value, "--device", "cpu");

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static string Loss(string[] arguments)
    {
        (int exitCode, string output, string error) = VsrProcess.Run(arguments);
        Assert.True(exitCode == ExitCode.Success, error);
        return JsonNode.Parse(output)!["rows"]![0]!["loss"]!.ToJsonString();
    }
}
