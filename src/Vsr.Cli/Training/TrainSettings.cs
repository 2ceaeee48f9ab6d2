using System.CommandLine;
using Vsr.Training;

namespace Vsr.Cli.Training;

/// <summary>The options of vsr train that are settings of the run. Only those given are applied.</summary>
/// <remarks>Names with underscores, and those without a hyphen between their words, are those of DALI's example (docs/reference.md).</remarks>
internal static class TrainSettings
{
    /// <summary>The settings by the sections that a run file may put them in.</summary>
    public static IReadOnlyList<(string Section, IReadOnlyList<TrainSetting> Settings)> Sections { get; } =
    [
        ("run", Run()), ("data", Data()), ("optimization", [.. Optimization(), .. Arithmetic()]), ("network", Networks()), ("pools", Pools()),
        ("logging", Logging()),
    ];

    public static IReadOnlyList<TrainSetting> All { get; } = [.. Sections.SelectMany(section => section.Settings)];

    /// <summary>The settings with what was given changed.</summary>
    /// <exception cref="UsageException">Two of the options given contradict each other.</exception>
    public static TrainingOptions Apply(ParseResult parsed, TrainingOptions options)
    {
        TrainSetting[] given = [.. All.Where(setting => parsed.GetResult(setting.Option) is { Implicit: false })];
        TrainContradictions.Check(parsed);
        return given.Aggregate(options, (settings, setting) => setting.Apply(parsed, settings));
    }

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
        TrainSetting.Of<string>("--out", "The run's folder.", (o, v) => o with { Out = v }, "--checkpoint_dir", "--checkpoint-dir"),
        TrainSetting.Of<long>(
            "--steps", "Steps of the whole run (default for vsrnet: 1000).", (o, v) => o with { Steps = v }, "--max_iter", "--max-iter"),
        TrainSetting.Of<double>("--minutes", "Minutes of training steps in the whole run; rendering of pools, validation and saving come on top.", (o, v) => o with { Minutes = v }),
        TrainSetting.Of<ulong>("--seed", "Decides weights, order and augmentation.", (o, v) => o with { Seed = v }),
        TrainSetting.Of<long>("--validate-every", "Steps between validations; 0 for none.", (o, v) => o with { ValidateEvery = v }),
        TrainSetting.Of<int>("--val-frames", "First frames of a clip that validation scores.", (o, v) => o with { ValFrames = v }),
        TrainSetting.Of<int>(
            "--val-crf", "Validate on reduced frames that were compressed (H.264) at this constant rate factor.", (o, v) => o with { ValCrf = v }),
        TrainSetting.Of<long>("--checkpoint-every", "Steps between checkpoints; 0 for one a minute.", (o, v) => o with { CheckpointEvery = v }),
        TrainSetting.Of<string>("--init", "Weights to start from, with a fresh optimizer; recurrent: also those of another scale, or of one direction for two.", (o, v) => o with { Init = v }),
        TrainSetting.Of<string>("--export-fp16", "Also write the final weights as float16 to this file.", (o, v) => o with { ExportFp16 = v }),
        TrainSetting.Of<bool>("--eager", "On a GPU, run step by step instead of as a CUDA graph.", (o, v) => o with { Eager = v }),
        TrainSetting.OneProcess<int>("--rank", "0: one process trains.", 0),
        TrainSetting.OneProcess<int>("--world_size", "1: one process trains.", 1, "--world-size"),
        TrainSetting.OneProcess<string>("--ip", "Where processes would meet; any.", null),
    ];

    private static TrainSetting[] Data() =>
    [
        TrainSetting.Of<string>(
            "--root", "Folder of videos, or one with train/ and val/ (default: the current one, when it has these).",
            (o, v) => o with { Root = v }),
        TrainSetting.Of<string>(
            "--pairs", "recurrent: folder of pairs of high and low resolution, as vsr prepare degrade makes them, in place of --root.",
            (o, v) => o with { Pairs = v }),
        TrainSetting.Of<string>("--val", "Folder of validation videos; flow: of pairs with known flow (NAME-img0.png, NAME-img1.png, NAME-gt.flo).", (o, v) => o with { Val = v }),
        TrainSetting.Of<double>("--val-share", "Share of the videos kept for validation.", (o, v) => o with { ValShare = v }),
        TrainSetting.Of<string>("--stills", "Folder of photographs for stills in motion.", (o, v) => o with { Stills = v }),
        TrainSetting.Of<int>(
            "--drawings", "Pictures drawn by the program (writing, line art, patterns), added to the stills.", (o, v) => o with { Drawings = v }),
        TrainSetting.List("--exclude", "Clips to leave out: beginnings of names, with commas.", (o, v) => o with { Exclude = v }),
        TrainSetting.List("--half-size", "Soft clips to use at half size, likewise.", (o, v) => o with { HalfSize = v }),
        TrainSetting.Of<string>(
            "--loader", "video (or DALI) or png (or pytorch): only videos, or only folders of pictures.",
            (o, v) => o with { Loader = LoaderName.Of(v) }),
        TrainSetting.Of<string>("--decoder", "auto, software or nvdec: what decodes videos.", (o, v) => o with { Decoder = v }),
        TrainSetting.Of<int>("--batch", "Sequences a step.", (o, v) => o with { Batch = v }, "--batchsize"),
        TrainSetting.Of<int>(
            "--crop", "Side of the square high-resolution crop; for flow a multiple of 64.",
            (o, v) => o with { Crop = v, CropHeight = null, CropWidth = null, WholeFrames = false }),
        TrainSetting.Pair(
            "--crop_size", "Height and width of the crop; oblong ones for vsrnet.",
            (o, h, w) => o with { Crop = null, CropHeight = h, CropWidth = w, WholeFrames = false }, "--crop-size"),
        TrainSetting.Of<bool>(
            "--is_cropped", "false trains vsrnet on whole frames (default: crops).",
            (o, v) => v ? o with { WholeFrames = false } : o with { WholeFrames = true, Crop = null, CropHeight = null, CropWidth = null },
            "--is-cropped"),
        TrainSetting.Of<int>("--frames", "Frames of a window, odd.", (o, v) => o with { Frames = v }),
        TrainSetting.Of<int>("--late-batch", "recurrent: sequences a step towards the end.", (o, v) => o with { LateBatch = v }),
        TrainSetting.Of<int>("--unroll", "recurrent: frames of a sequence, any number.", (o, v) => o with { Unroll = v }),
        TrainSetting.Of<int>("--late-unroll", "recurrent: frames of a sequence towards the end.", (o, v) => o with { LateUnroll = v }),
        TrainSetting.Of<double>("--late-from", "Where the end begins, 0..1.", (o, v) => o with { LateFrom = v }),
    ];

    private static TrainSetting[] Optimization() =>
    [
        TrainSetting.Of<double>("--learning-rate", "The base learning rate.", (o, v) => o with { LearningRate = v }),
        TrainSetting.Of<double>(
            "--min_lr", "The lowest rate; with --max_lr the schedule is triangular, if no other is given.",
            (o, v) => o with { MinLearningRate = v, LearningRate = o.LearningRate ?? ExampleRates.Max }, "--min-lr", "--min-learning-rate"),
        TrainSetting.Of<double>(
            "--max_lr", "The highest rate, likewise.",
            (o, v) => o with { LearningRate = v, MinLearningRate = o.MinLearningRate ?? ExampleRates.Min }, "--max-lr", "--max-learning-rate"),
        TrainSetting.Of<string>("--schedule", "cosine, constant, triangular or one-cycle.", (o, v) => o with { Schedule = v }),
        TrainSetting.Of<long>("--cycle-steps", "triangular: steps up and back (default: 4 epochs).", (o, v) => o with { CycleSteps = v }),
        TrainSetting.Of<int>("--warm-up", "Steps over which the learning rate rises.", (o, v) => o with { WarmUpSteps = v }),
        TrainSetting.Of<string>("--optimizer", "adamw, or adam with decay in the gradient.", (o, v) => o with { Optimizer = v }),
        TrainSetting.Of<double>("--weight_decay", "Weight decay (default: 0).", (o, v) => o with { WeightDecay = v }, "--weight-decay"),
        TrainSetting.Of<double>("--clip-norm", "Longest gradient; 0 for no limit.", (o, v) => o with { ClipNorm = v }),
        TrainSetting.Of<string>("--loss", "charbonnier or mse.", (o, v) => o with { Loss = v }),
    ];

    private static TrainSetting[] Arithmetic() =>
    [
        TrainSetting.Of<string>(
            "--precision", "fp32; bf16, or fp16 with a dynamic loss scale, with fp32 masters.", (o, v) => o with { Precision = v }),
        TrainSetting.Of<bool>(
            "--fp16", "The same as --precision fp16.",
            (o, v) => v ? o with { Precision = "fp16" } : o.Precision == "fp16" ? o with { Precision = "fp32" } : o),
        TrainSetting.Of<bool>("--tf32", "false: on a GPU, no TF32 in fp32 convolutions (default: true).", (o, v) => o with { Tf32 = v }),
        TrainSetting.Of<bool>(
            "--deterministic", "On a GPU, the same bits in every run, where libtorch can.", (o, v) => o with { Deterministic = v }),
    ];

    private static TrainSetting[] Networks() =>
    [
        TrainSetting.Of<string>("--flow", "none, compact or flownet2-sd: the motion compensation.", (o, v) => o with { Flow = v }),
        TrainSetting.Of<string>(
            "--flownet_path", "vsrnet: weights of the flow network, .pth.tar or .safetensors; alone it means --flow flownet2-sd. --flow compact has shipped ones.",
            (o, v) => o with { FlowWeights = v }, "--flownet-path"),
        TrainSetting.Of<string>("--padding", "vsrnet: zero or replicate.", (o, v) => o with { Padding = v }),
        TrainSetting.Of<bool>("--residual", "vsrnet: predict a residual, without normalization and sigmoid.", (o, v) => o with { Residual = v }),
        TrainSetting.Of<int>("--channels", "recurrent: channels.", (o, v) => o with { Channels = v }),
        TrainSetting.Of<int>("--blocks", "recurrent: residual blocks.", (o, v) => o with { Blocks = v }),
        TrainSetting.Of<int>("--look-ahead", "recurrent: later frames that a frame sees.", (o, v) => o with { LookAhead = v }),
        TrainSetting.Of<int>("--scale", "recurrent: 2, 3 or 4 (default).", (o, v) => o with { Scale = v }),
        TrainSetting.Of<string>(
            "--carry", "recurrent: the output goes from frame to frame as a picture (default), as channels or not: none.", (o, v) => o with { Carry = v }),
        TrainSetting.Of<bool>(
            "--two-directions", "recurrent: also pass over the clip backwards in time, and blend both outputs.", (o, v) => o with { TwoDirections = v }),
        TrainSetting.Of<int>("--flow-channels", "recurrent: channels of the flow network (default: 64).", (o, v) => o with { FlowChannels = v }),
        TrainSetting.Of<int>("--flow-levels", "recurrent: levels of the flow network (default: 4).", (o, v) => o with { FlowLevels = v }),
        TrainSetting.Of<int>(
            "--flow-reduction", "recurrent: the flow network sees frames 1 (default), 2 or 4 times smaller.", (o, v) => o with { FlowReduction = v }),
    ];

    private static TrainSetting[] Pools() =>
    [
        TrainSetting.Of<bool>("--no-flow-pretraining", "recurrent: do not train the flow first.", (o, v) => o with { FlowPretraining = !v }),
        TrainSetting.Of<long>("--flow-steps", "recurrent: steps of flow pre-training.", (o, v) => o with { FlowSteps = v }),
        TrainSetting.Of<double>("--still-share", "Share of sequences from stills.", (o, v) => o with { StillShare = v }),
        TrainSetting.Of<int>("--pool-clips", "Ready sequences cut from clips, or from pairs; 0 reads clips directly.", (o, v) => o with { PoolClips = v }),
        TrainSetting.Of<int>("--pool-stills", "Ready sequences rendered from stills; flow: pairs.", (o, v) => o with { PoolStills = v }),
        TrainSetting.Of<double>("--pool-minutes", "Minutes after which pools are made anew; 0 never.", (o, v) => o with { PoolMinutes = v }),
    ];

    private static TrainSetting[] Logging() =>
    [
        TrainSetting.Of<long>(
            "--image_freq", "Steps between pictures for TensorBoard; 0 for none.", (o, v) => o with { ImageEvery = v }, "--image-freq"),
        TrainSetting.Of<bool>(
            "--timing", "Write the time of steps, and of their data, after every epoch.", (o, v) => o with { Timing = v }),
    ];
}
