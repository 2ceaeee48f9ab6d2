using System.CommandLine;
using Vsr.Training;

namespace Vsr.Cli.Training;

/// <summary>The options of vsr train that are settings of the run. Only those given on the command line are applied.</summary>
internal static class TrainSettings
{
    public static IReadOnlyList<TrainSetting> All { get; } = [.. Run(), .. Data(), .. Optimization(), .. Networks(), .. Pools()];

    /// <summary>The settings with what the command line gives.</summary>
    public static TrainingOptions Apply(ParseResult parsed, TrainingOptions options) => All
        .Where(setting => parsed.GetResult(setting.Option) is { Implicit: false })
        .Aggregate(options, (settings, setting) => setting.Apply(parsed, settings));

    public static void RequireOut(TrainingOptions options)
    {
        if (options.Out.Length == 0)
        {
            throw new ArgumentException("no run to go on with: add --out RUN");
        }
    }

    private static TrainSetting[] Run() =>
    [
        TrainSetting.Of<string>("--network", "vsrnet, recurrent or flow.", (o, v) => o with { Network = v }),
        TrainSetting.Of<string>("--out", "The run's folder.", (o, v) => o with { Out = v }),
        TrainSetting.Of<long>("--steps", "Steps of the whole run.", (o, v) => o with { Steps = v }),
        TrainSetting.Of<double>("--minutes", "Minutes of training in the whole run.", (o, v) => o with { Minutes = v }),
        TrainSetting.Of<ulong>("--seed", "Decides weights, order and augmentation.", (o, v) => o with { Seed = v }),
        TrainSetting.Of<long>("--validate-every", "Steps between validations; 0 for none.", (o, v) => o with { ValidateEvery = v }),
        TrainSetting.Of<long>("--checkpoint-every", "Steps between checkpoints; 0 for one a minute.", (o, v) => o with { CheckpointEvery = v }),
        TrainSetting.Of<string>("--init", "Weights to start from, with a fresh optimizer.", (o, v) => o with { Init = v }),
        TrainSetting.Of<string>("--export-fp16", "Also write the final weights as float16 to this file.", (o, v) => o with { ExportFp16 = v }),
        TrainSetting.Of<bool>("--eager", "On a GPU, run step by step instead of as a CUDA graph.", (o, v) => o with { Eager = v }),
    ];

    private static TrainSetting[] Data() =>
    [
        TrainSetting.Of<string>("--root", "Folder of videos, or one with train/ and val/.", (o, v) => o with { Root = v }),
        TrainSetting.Of<string>("--val", "Folder of validation videos.", (o, v) => o with { Val = v }),
        TrainSetting.Of<double>("--val-share", "Share of the videos kept for validation.", (o, v) => o with { ValShare = v }),
        TrainSetting.Of<string>("--stills", "Folder of photographs for stills in motion.", (o, v) => o with { Stills = v }),
        TrainSetting.List("--exclude", "Clips to leave out: beginnings of names, with commas.", (o, v) => o with { Exclude = v }),
        TrainSetting.List("--half-size", "Soft clips to use at half size, likewise.", (o, v) => o with { HalfSize = v }),
        TrainSetting.Of<string>("--loader", "video or png: only videos, or only folders of pictures.", (o, v) => o with { Loader = v }),
        TrainSetting.Of<string>("--decoder", "auto, software or nvdec: what decodes videos.", (o, v) => o with { Decoder = v }),
        TrainSetting.Of<int>("--batch", "Sequences a step.", (o, v) => o with { Batch = v }),
        TrainSetting.Of<int>("--crop", "Side of the high-resolution crop, a multiple of 16.", (o, v) => o with { Crop = v }),
        TrainSetting.Of<int>("--frames", "Frames of a window, odd.", (o, v) => o with { Frames = v }),
        TrainSetting.Of<int>("--late-batch", "recurrent: sequences a step towards the end.", (o, v) => o with { LateBatch = v }),
        TrainSetting.Of<int>("--unroll", "recurrent: frames of a sequence, any number.", (o, v) => o with { Unroll = v }),
        TrainSetting.Of<int>("--late-unroll", "recurrent: frames of a sequence towards the end.", (o, v) => o with { LateUnroll = v }),
        TrainSetting.Of<double>("--late-from", "Where the end begins, 0..1.", (o, v) => o with { LateFrom = v }),
    ];

    private static TrainSetting[] Optimization() =>
    [
        TrainSetting.Of<double>("--learning-rate", "The base learning rate.", (o, v) => o with { LearningRate = v }),
        TrainSetting.Of<string>("--schedule", "cosine, constant or triangular.", (o, v) => o with { Schedule = v }),
        TrainSetting.Of<int>("--warm-up", "Steps over which the learning rate rises.", (o, v) => o with { WarmUpSteps = v }),
        TrainSetting.Of<string>("--precision", "fp32, or bf16 with fp32 masters.", (o, v) => o with { Precision = v }),
        TrainSetting.Of<string>("--loss", "charbonnier or mse.", (o, v) => o with { Loss = v }),
    ];

    private static TrainSetting[] Networks() =>
    [
        TrainSetting.Of<string>("--flow", "none, compact or flownet2-sd: the motion compensation.", (o, v) => o with { Flow = v }),
        TrainSetting.Of<string>(
            "--flownet_path", "vsrnet: weights of the flow network, .pth.tar or .safetensors; alone it means --flow flownet2-sd.",
            (o, v) => o with { FlowWeights = v }, "--flownet-path"),
        TrainSetting.Of<string>("--padding", "vsrnet: zero or replicate.", (o, v) => o with { Padding = v }),
        TrainSetting.Of<bool>("--residual", "vsrnet: predict a residual, without normalization and sigmoid.", (o, v) => o with { Residual = v }),
        TrainSetting.Of<int>("--channels", "recurrent: channels.", (o, v) => o with { Channels = v }),
        TrainSetting.Of<int>("--blocks", "recurrent: residual blocks.", (o, v) => o with { Blocks = v }),
        TrainSetting.Of<int>("--look-ahead", "recurrent: later frames that a frame sees.", (o, v) => o with { LookAhead = v }),
    ];

    private static TrainSetting[] Pools() =>
    [
        TrainSetting.Of<bool>("--no-flow-pretraining", "recurrent: do not train the flow first.", (o, v) => o with { FlowPretraining = !v }),
        TrainSetting.Of<long>("--flow-steps", "recurrent: steps of flow pre-training.", (o, v) => o with { FlowSteps = v }),
        TrainSetting.Of<double>("--still-share", "Share of sequences from stills.", (o, v) => o with { StillShare = v }),
        TrainSetting.Of<int>("--pool-clips", "Ready sequences cut from clips; 0 reads clips directly.", (o, v) => o with { PoolClips = v }),
        TrainSetting.Of<int>("--pool-stills", "Ready sequences rendered from stills.", (o, v) => o with { PoolStills = v }),
        TrainSetting.Of<double>("--pool-minutes", "Minutes after which pools are made anew; 0 never.", (o, v) => o with { PoolMinutes = v }),
    ];
}
