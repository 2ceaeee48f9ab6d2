using System.CommandLine;
using Vsr.Cli.Bench;
using Vsr.Cli.Bench.Training;
using Vsr.Torch;

namespace Vsr.Cli.Commands;

/// <summary>vsr bench train: what a training step takes on the device, and what the host adds to it.</summary>
internal static class BenchTrainCommand
{
    private static readonly Option<string> Network = new("--network")
    {
        Description = "vsrnet or recurrent.",
        DefaultValueFactory = _ => TrainBenchSettings.Networks[0],
    };

    private static readonly Option<string?> Flow = new("--flow")
    { Description = "vsrnet: the frozen motion compensation: none, compact or flownet2-sd. [default: flownet2-sd]" };

    private static readonly Option<string?> Precision = new("--precision")
    { Description = "fp32, tf32, bf16, fp16, or some of them with commas; a row each. [default: all, on the CPU fp32; recurrent: bf16]" };

    private static readonly Option<string?> Batch = new("--batch")
    { Description = "Sequences a step, or several numbers with commas; a row each. [default: 3,7; recurrent: 16]" };

    private static readonly Option<string?> Crop = new("--crop")
    { Description = "Height x width of the high-resolution crop. [default: 512x960; recurrent: 256x256]" };

    private static readonly Option<int?> Frames = new("--frames") { Description = "Frames of a sequence. [default: 3; recurrent: 10]" };

    private static readonly Option<int> Steps = new("--steps")
    { Description = "Measured steps a row.", DefaultValueFactory = _ => new TrainBenchSettings().Steps };

    private static readonly Option<int> WarmUp = new("--warm-up")
    { Description = "Steps before them.", DefaultValueFactory = _ => new TrainBenchSettings().WarmUp };

    private static readonly Option<bool> Eager = new("--eager") { Description = "On a GPU, run step by step instead of as a CUDA graph." };

    private static readonly Option<bool> Profile = new("--profile")
    { Description = "Let an attached profiler (ncu or nsys, started with its range off) see the last step of each row alone." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of a table." };
    private static readonly Option<string?> Report = new("--report") { Description = "Also write a report in Markdown to this file." };

    private static readonly Option<string> Device = new("--device")
    { Description = "auto, cpu, cuda or cuda:N.", DefaultValueFactory = _ => "auto" };

    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "Folder of the libtorch or PyTorch to load." };

    public static Command Create()
    {
        Network.AcceptOnly(TrainBenchSettings.Networks);
        Flow.AcceptOnly(TrainBenchSettings.Flows);
        Command train = new("train", "Measure training steps on random pixels: the device's time, and wall time beside it.")
        {
            Network, Flow, Precision, Batch, Crop, Frames, Steps, WarmUp, Eager, Profile, Json, Report, Device, LibTorch,
        };
        train.SetAction(Run);
        return train;
    }

    private static int Run(ParseResult parsed)
    {
        (TrainBenchSettings settings, BackendOptions options) = UsageException.Of("bench train", () => Read(parsed));
        using Termination termination = new();
        try
        {
            Backend backend = Backend.Load(options);
            settings = parsed.GetValue(Precision) is null && !backend.IsCuda ? settings with { Precisions = ["fp32"] } : settings;
            IReadOnlyList<TrainRow> rows = new TrainBench(settings, backend, Console.Error, termination.Token).Measure();
            BenchReport<TrainRow> report = new(
                BenchMachine.Describe(backend), BenchMachine.Versions(backend), CommandOf(settings), [.. rows, .. StoredSteps.All]);
            TrainTable.Of(report).Write(parsed.GetValue(Json) ? report.ToJson() : null, parsed.GetValue(Report));
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("vsr: stopped; there is no report");
            return termination.ExitCode;
        }
    }

    private static (TrainBenchSettings Settings, BackendOptions Backend) Read(ParseResult parsed)
    {
        TrainBenchSettings defaults = TrainBenchSettings.Of(parsed.GetRequiredValue(Network));
        (int height, int width) = parsed.GetValue(Crop) is { } crop
            ? BenchSettings.ParseCrop(crop)
            : (defaults.CropHeight, defaults.CropWidth);
        TrainBenchSettings settings = defaults with
        {
            Flow = parsed.GetValue(Flow) ?? defaults.Flow,
            Precisions = parsed.GetValue(Precision)?.Split(',') ?? defaults.Precisions,
            Batches = parsed.GetValue(Batch) is { } batches ? TrainBenchSettings.ParseBatches(batches) : defaults.Batches,
            CropHeight = height,
            CropWidth = width,
            Frames = parsed.GetValue(Frames) ?? defaults.Frames,
            Steps = parsed.GetValue(Steps),
            WarmUp = parsed.GetValue(WarmUp),
            Eager = parsed.GetValue(Eager),
            Profile = parsed.GetValue(Profile),
        };
        settings.Validate();
        BackendOptions backend = new() { Device = parsed.GetRequiredValue(Device), LibTorchDirectory = parsed.GetValue(LibTorch) };
        backend.Validate();
        BenchCommand.RequireFolderOf(parsed.GetValue(Report));
        return (settings, backend);
    }

    private static string CommandOf(TrainBenchSettings settings) => FormattableString.Invariant(
        $"vsr bench train --network {settings.Network} {(settings.Network == TrainBenchSettings.Networks[0] ? $"--flow {settings.Flow} " : "")}--precision {string.Join(",", settings.Precisions)} --batch {string.Join(",", settings.Batches)} --crop {settings.Crop} --frames {settings.Frames} --steps {settings.Steps} --warm-up {settings.WarmUp}{(settings.Eager ? " --eager" : "")}");
}
