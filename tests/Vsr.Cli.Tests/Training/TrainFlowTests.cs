using System.Text.Json;
using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Reading;
using Vsr.Data;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Cli.Tests.Training;

/// <summary>vsr train --network flow, and what its weights are good for.</summary>
public sealed class TrainFlowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainFlowTests() => TorchTestBackend.Ensure();

    private string Clips => Directory.CreateDirectory(_folder.File("clips")).FullName;

    private string Pairs => Directory.CreateDirectory(_folder.File("pairs")).FullName;

    private string Run => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheWeightsAreValidatedScoredAndMoveTheFramesOfVsrNet()
    {
        TrainProcess.WriteClip(Path.Combine(Clips, "clip.mp4"));
        WritePair("pair", 3, 4);
        string flow = _folder.File("flow.safetensors");

        Succeed(Train("--val", Pairs, "--validate-every", "2", "--steps", "4", "--export-fp16", flow));

        JsonNode[] validations = [.. File.ReadLines(Path.Combine(Run, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!).Where(line => line["val_epe"] is not null)];
        Assert.Equal([2, 4], validations.Select(line => line["step"]!.GetValue<int>()));
        Assert.All(validations, line => Assert.Equal(5, line["val_zero_epe"]!.GetValue<double>()));
        string events = Directory.GetFiles(Path.Combine(Run, "tensorboard")).Single();
        Assert.True(File.ReadAllBytes(events).AsSpan().IndexOf("val_epe"u8) > 0);

        string json = Succeed(VsrProcess.Run(
            "evaluate", "--network", "flow", "--root", Pairs, "--weights", Path.Combine(Run, "weights.safetensors"), "--device", "cpu", "--json"));
        double scored = JsonDocument.Parse(json).RootElement.GetProperty("mean").GetProperty("epe").GetDouble();
        Assert.Equal(validations[^1]["val_epe"]!.GetValue<double>(), scored, 5);

        string weights = Succeed(VsrProcess.Run(
            "train", "--network", "vsrnet", "--flow", "compact", "--flownet_path", flow, "--root", Clips, "--out", _folder.File("vsrnet"),
            "--steps", "1", "--batch", "1", "--crop", "32", "--device", "cpu", "--threads", "1")).Trim();
        using VsrNet network = (VsrNet)NetworkWeights.LoadSuperResolution(weights);
        using FlowNetwork own = NetworkWeights.LoadFlow(flow);
        Assert.Equal(CompactFlowOptions.LargeMotion, network.Options.CompactFlow);
        foreach ((string name, TorchSharp.torch.Tensor value) in own.state_dict())
        {
            Assert.True(value.equal(network.Flow!.state_dict()[name]).all().item<bool>(), name);
        }

        File.Delete(flow);      // the checkpoint holds it, and how large it is
        Succeed(VsrProcess.Run("train", "--resume", "--out", _folder.File("vsrnet"), "--steps", "2", "--device", "cpu", "--threads", "1"));
    }

    [Fact]
    public void AValidationFolderWithoutPairsLeavesNoRunBehind()
    {
        TrainProcess.WriteClip(Path.Combine(Clips, "clip.mp4"));

        (int code, _, string error) = Train("--val", Clips, "--validate-every", "2", "--steps", "4");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("it holds clip.mp4", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public void WeightsOfAnotherFlowNetworkAreRefused()
    {
        string flow = _folder.File("flownet.safetensors");
        using (VsrNet network = new())
        {
            NetworkWeights.Save(network, flow);
        }

        (int code, _, string error) = VsrProcess.Run(
            "train", "--network", "vsrnet", "--flow", "compact", "--flownet_path", flow, "--root", Clips, "--out", Run, "--steps", "1", "--device", "cpu");

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("'vsrnet', which estimates no motion", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--crop", "96")]
    [InlineData("--pool-clips", "10")]
    [InlineData("--pool-stills", "0")]
    [InlineData("--val-share", "0.5")]
    [InlineData("--flownet_path", "x")]
    public void WhatFlowDoesNotTakeIsExit2(params string[] arguments) => Assert.Equal(
        ExitCode.Usage,
        CommandLineApplication.Run(["train", "--network", "flow", "--root", Clips, "--out", Run, "--steps", "1", .. arguments]));

    private (int Code, string Output, string Error) Train(params string[] more) => VsrProcess.Run(
        ["train", "--network", "flow", "--root", Clips, "--out", Run, "--batch", "1", "--crop", "64", "--pool-stills", "2",
            "--device", "cpu", "--threads", "1", .. more]);

    private static string Succeed((int Code, string Output, string Error) result)
    {
        Assert.True(result.Code == ExitCode.Success, result.Error);
        return result.Output;
    }

    private void WritePair(string name, float x, float y)
    {
        FlowField flow = new(40, 30);
        for (int i = 0; i < flow.Values.Length; i += 2)
        {
            (flow.Values[i], flow.Values[i + 1]) = (x, y);
        }

        PictureFile.Write(Path.Combine(Pairs, $"{name}-img0.png"), new RgbImage(40, 30));
        PictureFile.Write(Path.Combine(Pairs, $"{name}-img1.png"), new RgbImage(40, 30));
        FloFile.Write(Path.Combine(Pairs, $"{name}-gt.flo"), flow);
    }
}
