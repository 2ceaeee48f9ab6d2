using System.Text.Json;
using Vsr.Cli.Tests.Reading;
using Vsr.Cli.Tests.Training;
using Vsr.Models;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Weights;

/// <summary>vsr weights as a program of its own, and PyTorch files where other commands take weights.</summary>
public sealed class WeightsCommandTests : IDisposable
{
    private const string FlowScript = """
        import sys, torch
        state = {}
        for line in open(sys.argv[1]):
            name, type, shape = line.rstrip().split("  ")
            state["module." + name] = torch.full(eval(shape), 0.01)
        torch.save({"epoch": 3, "state_dict": state}, sys.argv[2], _use_new_zipfile_serialization=False)
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ShowPrintsALineAKeyAndConvertWritesSafetensors()
    {
        string path = _folder.File("w.pth.tar");
        string converted = _folder.File("w.safetensors");
        OracleProgram.Run(
            OracleProgram.RequirePythonTorch(), "-c",
            $"import torch; torch.save({{'epoch': 7, 'state_dict': {{'module.a.weight': torch.ones(2, 3), 'module.n': torch.tensor(5)}}}}, '{path}')");

        Assert.Equal((0, "a.weight  F32  [2, 3]\nn  I64  []\n", ""), VsrProcess.Run("weights", "show", path));
        for (int i = 0; i < 2; i++)                        // the second replaces the first
        {
            Assert.Equal((0, $"{converted}: 2 tensors, 7 values\n", ""), VsrProcess.Run("weights", "convert", path, converted));
        }

        Assert.Equal((0, "a.weight  F32  [2, 3]\nn  I64  []\n", ""), VsrProcess.Run("weights", "show", converted));
        (int code, string output, string error) = VsrProcess.Run("weights", "show", "--json", path);
        JsonElement json = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("pytorch_zip", json.GetProperty("format").GetString());
        Assert.Equal(7, json.GetProperty("values").GetInt64());
        Assert.Equal("n", json.GetProperty("keys")[1].GetProperty("name").GetString());
        Assert.Equal("I64", json.GetProperty("keys")[1].GetProperty("type").GetString());
        Assert.Equal(2, json.GetProperty("keys")[0].GetProperty("shape")[0].GetInt64());
        Assert.Equal("7", json.GetProperty("metadata").GetProperty("checkpoint.epoch").GetString());
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void FloatsAreRoundedToFloat16OnRequest()
    {
        string path = _folder.File("w.safetensors");
        string converted = _folder.File("half.safetensors");
        float[] values = [1, -0.1f, 65504, 1e-8f, float.NaN, float.NegativeInfinity];
        byte[] count = BitConverter.GetBytes(70_000L);
        SafetensorsEntry scale = new("scale", SafetensorsType.BF16, [1], new byte[] { 0x40, 0x3f });           // 0.75
        new SafetensorsFile(
            [new("w", SafetensorsType.F32, [2, 3], values.SelectMany(BitConverter.GetBytes).ToArray()), new("n", SafetensorsType.I64, [], count), scale],
            new Dictionary<string, string> { ["architecture"] = "flow" }).Write(path);

        Assert.Equal((0, $"{converted}: 3 tensors, 8 values\n", ""), VsrProcess.Run("weights", "convert", path, converted, "--fp16"));
        using (WeightsFile file = WeightsFile.Open(converted))
        {
            Assert.Equal("flow", file.Metadata["architecture"]);
            Assert.Equal(count, file.Read("n").Data.ToArray());
            Assert.Equal(BitConverter.GetBytes((Half)0.75), file.Read("scale").Data.ToArray());
            SafetensorsEntry rounded = file.Read("w");
            Assert.Equal(SafetensorsType.F16, rounded.Type);
            Assert.Equal([2, 3], rounded.Shape);
            Assert.Equal(values.SelectMany(value => BitConverter.GetBytes((Half)value)), rounded.Data.ToArray());
        }

        File.Delete(converted);
        new SafetensorsFile([new("w", SafetensorsType.F32, [1], BitConverter.GetBytes(65520f))]).Write(path);
        (int code, _, string error) = VsrProcess.Run("weights", "convert", path, converted, "--fp16");
        Assert.Equal((ExitCode.Failure, $"vsr: {path}: 'w' holds 65520, and float16 ends at 65504\n"), (code, error));
        Assert.False(File.Exists(converted));
    }

    [Fact]
    public void WhatCannotBeReadOrWrittenIsOneLineAndLeavesNothing()
    {
        string good = _folder.File("good.safetensors");
        string evil = _folder.File("evil.pth");
        string other = _folder.File("other.pt");
        new SafetensorsFile([new("a\u001b[2J", SafetensorsType.U8, [1], new byte[1])]).Write(good);
        File.WriteAllBytes(evil, [0x80, 2, .. "cos\nsystem\n"u8]);
        File.WriteAllText(other, "no weights");

        Failed($"vsr: {evil}: the global 'os.system', which is not allowed (at offset 2)", "weights", "show", evil);
        Failed($"vsr: {other}: is no PyTorch file", "weights", "show", other);
        Failed($"vsr: {_folder.File("none.pth")}: cannot be read", "weights", "show", _folder.File("none.pth"));
        Failed($"vsr: {_folder.Path}: cannot be read", "weights", "show", _folder.Path);
        Failed($"vsr: {evil}: the global", "weights", "convert", evil, _folder.File("out.safetensors"));
        Failed($"vsr: {_folder.File("none/out.safetensors")}: cannot be written", "weights", "convert", good, _folder.File("none/out.safetensors"));
        Assert.Equal((0, "a\\u001b[2J  U8  [1]\n", ""), VsrProcess.Run("weights", "show", good));
        Assert.Equal(ExitCode.Usage, VsrProcess.Run("weights", "convert", good, _folder.File("out.pth")).ExitCode);
        Assert.Equal(ExitCode.Usage, VsrProcess.Run("weights", "convert", good).ExitCode);
        Assert.Equal(ExitCode.Usage, VsrProcess.Run("weights").ExitCode);
        Assert.Equal([evil, good, other], Directory.GetFileSystemEntries(_folder.Path).Order());

        static void Failed(string expected, params string[] arguments)
        {
            (int code, string output, string error) = VsrProcess.Run(arguments);
            Assert.Equal((ExitCode.Failure, ""), (code, output));
            Assert.StartsWith(expected, error, StringComparison.Ordinal);
            Assert.InRange(error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 2);
        }
    }

    [Fact]
    public void TrainingNamesTheKeysOfAFlowsWeightsThatDoNotFit()
    {
        string clips = Directory.CreateDirectory(_folder.File("clips")).FullName;
        string run = _folder.File("run");
        string flow = _folder.File("flow.safetensors");
        TrainProcess.WriteClip(Path.Combine(clips, "clip.mp4"));
        new SafetensorsFile([new("conv0.0.weight", SafetensorsType.F32, [1], new byte[4])]).Write(flow);

        (int code, _, string error) = Train(clips, run, "--flownet_path", flow);

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains($"{flow}: does not fit the network 'flownet2-sd'; missing: conv0.0.bias, ", error, StringComparison.Ordinal);
        Assert.Contains("of another shape: conv0.0.weight [1] for [64, 6, 3, 3]", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void TheOfficialFilesLayoutTrainsEvaluatesAndUpscales()
    {
        TorchTestBackend.Ensure();
        string clips = Directory.CreateDirectory(_folder.File("clips")).FullName;
        string run = _folder.File("run");
        string list = _folder.File("keys.txt");
        string flow = _folder.File("FlowNet2-SD_checkpoint.pth.tar");
        string clip = Path.Combine(clips, "clip.mp4");
        TrainProcess.WriteClip(clip);
        using (FlowNetSD network = new())
        {
            File.WriteAllLines(list, network.state_dict().Select(pair => $"{pair.Key}  F32  [{string.Join(", ", pair.Value.shape)}]"));
        }

        OracleProgram.Run(OracleProgram.RequirePythonTorch(), "-c", FlowScript, list, flow);

        (int code, _, string error) = Train(clips, run, "--flownet-path", flow);
        Assert.True(code == 0, error);
        Assert.Contains("flow flownet2-sd", error, StringComparison.Ordinal);

        string weights = Path.Combine(run, "weights.safetensors");
        using (WeightsFile file = WeightsFile.Open(weights))
        {
            Assert.Equal("flownet2-sd", file.Metadata["setting.flow"]);
            Assert.Equal(BitConverter.GetBytes(0.01f), file.Read("flownet.conv6_1.0.bias").Data[..4].ToArray());
        }

        (code, string output, error) = VsrProcess.Run(
            "evaluate", "--root", clips, "--weights", weights, "--flownet_path", flow, "--device", "cpu", "--json");
        Assert.True(code == 0, error);
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("mean").GetProperty("psnr_db").GetDouble(), 1, 60);

        (code, _, error) = VsrProcess.Run("upscale", clip, _folder.File("big.mp4"), "--weights", weights, "--flownet-path", flow, "--device", "cpu");
        Assert.True(code == 0, error);
        Assert.True(File.Exists(_folder.File("big.mp4")));
    }

    private static (int Code, string Output, string Error) Train(string clips, string run, params string[] more) => VsrProcess.Run(
        ["train", "--network", "vsrnet", "--root", clips, "--out", run, "--steps", "1", "--batch", "1", "--crop", "64", "--device", "cpu", .. more]);
}
