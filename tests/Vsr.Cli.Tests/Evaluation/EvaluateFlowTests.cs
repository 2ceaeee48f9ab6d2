using System.Text.Json;
using Vsr.Cli.Tests.Reading;
using Vsr.Data;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Cli.Tests.Evaluation;

/// <summary>vsr evaluate --network flow as a program of its own.</summary>
public sealed class EvaluateFlowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _weights;

    public EvaluateFlowTests()
    {
        TorchTestBackend.Ensure();
        _weights = _folder.File("flow.safetensors");
        using CompactFlow network = new();
        NetworkWeights.Save(network, _weights);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void JsonHasEveryPairAndTheMeansAndPicturesAreDrawn()
    {
        Write("second", 3, 4);
        Write("first", -6, 8);
        string preview = _folder.File("new/preview");

        (int code, string output, string error) = Evaluate("--json", "--preview", preview);

        Assert.True(code == 0, error);
        JsonElement json = JsonDocument.Parse(output).RootElement;
        JsonElement[] pairs = [.. json.GetProperty("pairs").EnumerateArray()];
        Assert.Equal(["first", "second"], pairs.Select(pair => pair.GetProperty("name").GetString()));
        Assert.Equal([10, 5], pairs.Select(pair => pair.GetProperty("zero_epe").GetDouble()));
        Assert.Equal([10, 5], pairs.Select(pair => pair.GetProperty("epe").GetDouble()));      // a fresh network estimates zero
        Assert.Equal(7.5, json.GetProperty("mean").GetProperty("epe").GetDouble());
        Assert.Equal(7.5, json.GetProperty("mean").GetProperty("zero_epe").GetDouble());
        Assert.Equal(
            ["first-flow.png", "first-gt.png", "second-flow.png", "second-gt.png"],
            Directory.GetFiles(preview).Select(Path.GetFileName).Order());
        RgbImage estimate = PictureFile.ReadRgb(Path.Combine(preview, "first-flow.png"));
        RgbImage truth = PictureFile.ReadRgb(Path.Combine(preview, "first-gt.png"));
        Assert.Equal((24, 20), (truth.Width, truth.Height));
        Assert.Equal(255, estimate.Samples8.ToArray().Min());
        Assert.Equal(FlowColors.Draw(FlowOf(-6, 8)).Samples8.ToArray(), truth.Samples8.ToArray());
    }

    [Fact]
    public void TheShippedNetworkFindsLargeMotionItWasNotTrainedOn()
    {
        string pairs = SharedData.Require("flow");

        (int code, string output, string error) = VsrProcess.Run(
            "evaluate", "--network", "flow", "--root", pairs, "--device", "cpu", "--json");

        Assert.True(code == 0, error);
        JsonElement mean = JsonDocument.Parse(output).RootElement.GetProperty("mean");
        Assert.Equal(5.23, mean.GetProperty("zero_epe").GetDouble(), 2);
        Assert.InRange(mean.GetProperty("epe").GetDouble(), 0.5, 2.6);
    }

    [Fact]
    public void TheTableEndsWithTheMean()
    {
        Write("pair", 3, 4);

        (int code, string output, string error) = Evaluate();

        Assert.True(code == 0, error);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("flow.safetensors against zero flow, end-point error in pixels", lines[0]);
        Assert.Equal(["pair", "5.000", "5.000"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["mean", "5.000", "5.000"], lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void APairThatCannotBeReadIsAWarningAndExit1()
    {
        Write("bad", 1, 1);
        Write("good", 3, 4);
        File.Delete(Path.Combine(Pairs, "bad-gt.flo"));

        (int code, string output, string error) = Evaluate("--json");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("warning: bad is left out: there is no bad-gt.flo", error, StringComparison.Ordinal);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("pairs").GetArrayLength());
    }

    [Fact]
    public void TheFlowInsideARecurrentNetworkIsScoredAndAnotherNetworkIsRefused()
    {
        Write("pair", 3, 4);
        using (RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 }))
        {
            NetworkWeights.Save(network, _weights);
        }

        Assert.Equal(ExitCode.Success, Evaluate().Code);
        using (VsrNet network = new())
        {
            NetworkWeights.Save(network, _weights);
        }

        (int code, _, string error) = Evaluate();
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("'vsrnet', which estimates no motion", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutPairsSaysWhatWasExpected()
    {
        File.WriteAllText(Path.Combine(Pairs, "clip.mp4"), "");

        (int code, string output, string error) = Evaluate();

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("it holds clip.mp4", error, StringComparison.Ordinal);
        Assert.Contains("NAME-img0.png, NAME-img1.png and NAME-gt.flo", error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("--lq", "x")]
    [InlineData("--scale", "4")]
    [InlineData("--rgb")]
    [InlineData("--decoder", "software")]
    [InlineData("--flownet_path", "x")]
    [InlineData("--precision", "fp8")]
    [InlineData("--device", "gpu")]
    public void WhatTheCommandLineShowsToBeWrongIsExit2(params string[] arguments) => Assert.Equal(
        ExitCode.Usage, CommandLineApplication.Run(["evaluate", "--network", "flow", "--root", "nowhere", .. arguments]));

    [Fact]
    public void APreviewIsForFlowAndAFolder()
    {
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["evaluate", "--root", "nowhere", "--preview", "x"]));
        Assert.Equal(
            ExitCode.Usage, CommandLineApplication.Run(["evaluate", "--network", "flow", "--root", "nowhere", "--preview", _weights]));
    }

    private string Pairs => Directory.CreateDirectory(_folder.File("pairs")).FullName;

    private (int Code, string Output, string Error) Evaluate(params string[] arguments) => VsrProcess.Run(
        ["evaluate", "--network", "flow", "--root", Pairs, "--weights", _weights, "--device", "cpu", .. arguments]);

    private void Write(string name, float x, float y)
    {
        PictureFile.Write(Path.Combine(Pairs, $"{name}-img0.png"), new RgbImage(24, 20));
        PictureFile.Write(Path.Combine(Pairs, $"{name}-img1.png"), new RgbImage(24, 20));
        FloFile.Write(Path.Combine(Pairs, $"{name}-gt.flo"), FlowOf(x, y));
    }

    private static FlowField FlowOf(float x, float y)
    {
        FlowField flow = new(24, 20);
        for (int i = 0; i < flow.Values.Length; i += 2)
        {
            (flow.Values[i], flow.Values[i + 1]) = (x, y);
        }

        return flow;
    }
}
