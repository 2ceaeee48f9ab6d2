using Vsr.Training.Losses;
using Vsr.Training.Running;
using Vsr.Training.Schedules;

namespace Vsr.Training;

/// <summary>All settings of a training run. They are stored in the run's folder and in every checkpoint.</summary>
/// <remarks>Null means the network's own default (<see cref="Resolve"/>).</remarks>
public sealed record TrainingOptions
{
    private const long DefaultSteps = 1000;     // of DALI's example

    /// <summary>The architecture: vsrnet, recurrent or flow.</summary>
    public string Network { get; init; } = "recurrent";

    /// <summary>Folder of videos, with train/ and val/ or all training.</summary>
    public string Root { get; init; } = "";

    /// <summary>recurrent: folder of pairs of high and low resolution (vsr prepare degrade), in place of <see cref="Root"/>; null trains on reduced clips.</summary>
    public string? Pairs { get; init; }

    /// <summary>The run's folder: settings, metrics, checkpoints, weights.</summary>
    public string Out { get; init; } = "";

    /// <summary>Folder of validation videos; null takes Root's val/ or <see cref="ValShare"/>. For flow: folder of pairs with known flow.</summary>
    public string? Val { get; init; }

    /// <summary>Share of the videos kept for validation when there is no other choice, between 0 and 1; null keeps none.</summary>
    public double? ValShare { get; init; }

    /// <summary>Folder of photographs for stills in motion; null trains from the videos alone.</summary>
    public string? Stills { get; init; }

    /// <summary>
    /// Pictures that the program draws itself (<see cref="Vsr.Data.Synthesis.DrawnStills"/>, from <see cref="Seed"/>), added to those of <see cref="Stills"/>;
    /// where there are none, to frames of the clips. 0..10000, default 0.
    /// </summary>
    public int Drawings { get; init; }

    /// <summary>Training clips to leave out: beginnings of file names.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Training clips to use at half their size because they are soft: beginnings of file names.</summary>
    public IReadOnlyList<string> HalfSize { get; init; } = [];

    /// <summary>video: the video files of the folder; png: its folders of pictures; null for both.</summary>
    public string? Loader { get; init; }

    /// <summary>auto, software or nvdec: what decodes the training videos. Default auto: the GPU's engine where it can be used.</summary>
    public string Decoder { get; init; } = "auto";

    /// <summary>Steps of the whole run; null when only time limits it. Default for vsrnet without <see cref="Minutes"/>: 1000.</summary>
    public long? Steps { get; init; }

    /// <summary>Minutes of training in the whole run, without reading data and building pools; null when only steps limit it.</summary>
    public double? Minutes { get; init; }

    /// <summary>Sequences a step. Default 16; vsrnet 4; flow 32 pairs.</summary>
    public int? Batch { get; init; }

    /// <summary>Side of a square high-resolution crop, a multiple of 16 (recurrent with scale 3: of 48; vsrnet: of 4; flow: of 64). Default 256, or the multiple below.</summary>
    public int? Crop { get; init; }

    /// <summary>Height of the high-resolution crop; with <see cref="CropWidth"/>, in place of <see cref="Crop"/>. Only vsrnet takes oblong ones.</summary>
    /// <remarks>With flownet2-sd both sides are floored to multiples of 64, as far as they are larger.</remarks>
    public int? CropHeight { get; init; }

    /// <summary>Width of the high-resolution crop.</summary>
    public int? CropWidth { get; init; }

    /// <summary>vsrnet: train on whole frames, cut to the sides that all clips have and the network takes; crops are left out.</summary>
    public bool WholeFrames { get; init; }

    /// <summary>Frames of a window, odd. Default 3 for vsrnet; for recurrent <see cref="Unroll"/> says how many frames a sequence has.</summary>
    public int? Frames { get; init; }

    /// <summary>Recurrent: frames of a sequence, any number. Default: <see cref="Frames"/> when that is given, else 10.</summary>
    public int? Unroll { get; init; }

    /// <summary>Recurrent: sequences a step over the last part of the run, from <see cref="LateFrom"/> on. Default 8, or <see cref="Batch"/> when that is given.</summary>
    public int? LateBatch { get; init; }

    /// <summary>Recurrent: frames of a sequence over the last part of the run. Default 20, or <see cref="Unroll"/> when that is given.</summary>
    public int? LateUnroll { get; init; }

    /// <summary>Where the last part begins, as a fraction of the run. Default 0.75.</summary>
    public double LateFrom { get; init; } = 0.75;

    /// <summary>The base learning rate, which is the highest of the run. Default 4e-4; flow 6e-4; vsrnet 1e-3.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The lowest rate of the schedule, after a warm-up. Default: the schedule's own, a share of <see cref="LearningRate"/>.</summary>
    public double? MinLearningRate { get; init; }

    /// <summary>One of <see cref="LearningRateSchedule.Names"/>. Default triangular where <see cref="MinLearningRate"/> is given, else cosine.</summary>
    public string? Schedule { get; init; }

    /// <summary>triangular: steps from the lowest rate up and back. Default: 4 epochs; the whole run where batches come from pools.</summary>
    public long? CycleSteps { get; init; }

    /// <summary>adamw, or adam, whose weight decay is part of the gradient. Default adamw; vsrnet adam. Without decay they are one.</summary>
    public string? Optimizer { get; init; }

    /// <summary>Weight decay. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>The longest gradient, over all parameters taken as one vector; longer ones are shortened to it. Default 1; 0 for no limit.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Steps of linear warm-up. Default 200; a tenth of the steps in short runs.</summary>
    public int? WarmUpSteps { get; init; }

    /// <summary>One of <see cref="PictureLoss.Names"/>. Default charbonnier; vsrnet mse.</summary>
    public string? Loss { get; init; }

    /// <summary>fp32; bf16, or fp16 with a dynamic loss scale, both with float32 masters.</summary>
    public string Precision { get; init; } = "fp32";

    /// <summary>On a GPU, whether float32 convolutions may round their factors to TF32 (10 bits of mantissa). Default true.</summary>
    public bool Tf32 { get; init; } = true;

    /// <summary>On a GPU, use algorithms that give the same bits in every run, where libtorch has them. Default false.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Decides weights, order and augmentation. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Steps between validations; 0 never validates. Default 0; vsrnet, where there are validation clips, an epoch, or as many whole
    /// epochs as make 1000 steps. Where there are validations, one is at the end.
    /// </summary>
    public long? ValidateEvery { get; init; }

    /// <summary>First frames of every validation clip that are scored during training; null for all.</summary>
    public int? ValFrames { get; init; }

    /// <summary>Validation sees the reduced frames after H.264 compression at this constant rate factor, 0 to 51; null for uncompressed ones. Only for recurrent and vsrnet.</summary>
    public int? ValCrf { get; init; }

    /// <summary>
    /// Steps between pictures for TensorBoard; 0 writes none. Default 100, in runs of over 5000 steps a fiftieth of them, and 1000 in
    /// runs that only time limits.
    /// </summary>
    public long? ImageEvery { get; init; }

    /// <summary>Whether the time of steps, and how much of it they waited for data, is written after every epoch.</summary>
    public bool Timing { get; init; }

    /// <summary>Steps between checkpoints; 0 makes one every <see cref="CheckpointSeconds"/>.</summary>
    public long CheckpointEvery { get; init; }

    /// <summary>Seconds between checkpoints where <see cref="CheckpointEvery"/> is 0. Default 60.</summary>
    public double CheckpointSeconds { get; init; } = 60;

    /// <summary>none, compact or flownet2-sd: vsrnet's motion compensation; for recurrent none or compact. Null: recurrent compact, vsrnet flownet2-sd where <see cref="FlowWeights"/> are given, else none.</summary>
    public string? Flow { get; init; }

    /// <summary>Weights of vsrnet's flow network: safetensors or a PyTorch file, such as FlowNet2-SD's official one. Null takes the shipped ones for compact.</summary>
    public string? FlowWeights { get; init; }

    /// <summary>vsrnet: zero or replicate.</summary>
    public string Padding { get; init; } = "zero";

    /// <summary>vsrnet: predict the difference to the enlarged frame, without batch normalization and sigmoid.</summary>
    public bool Residual { get; init; }

    /// <summary>recurrent: channels. Default 128.</summary>
    public int Channels { get; init; } = 128;

    /// <summary>recurrent: residual blocks. Default 10.</summary>
    public int Blocks { get; init; } = 10;

    /// <summary>recurrent: later frames that a frame sees. Default 2.</summary>
    public int LookAhead { get; init; } = 2;

    /// <summary>recurrent: how many times wider and higher the output is, 2..4. Default 4.</summary>
    public int Scale { get; init; } = 4;

    /// <summary>recurrent: what goes from frame to frame beside the state: the output as a picture, as low-resolution channels, or none. Default picture.</summary>
    public string Carry { get; init; } = "picture";

    /// <summary>recurrent: also pass over the clip backwards in time, and blend both outputs. Default false.</summary>
    public bool TwoDirections { get; init; }

    /// <summary>recurrent: channels of the flow network. Default 64.</summary>
    public int FlowChannels { get; init; } = 64;

    /// <summary>recurrent: levels of the flow network's pyramid. Default 4.</summary>
    public int FlowLevels { get; init; } = 4;

    /// <summary>recurrent: how many times smaller the frames are that the flow network sees, 1, 2 or 4. Default 1.</summary>
    public int FlowReduction { get; init; } = 1;

    /// <summary>recurrent: train the flow network first. Needs pools. Default true.</summary>
    public bool FlowPretraining { get; init; } = true;

    /// <summary>Steps of flow pre-training; null when <see cref="Minutes"/> decides: a tenth of them, at most 35 s on a GPU.</summary>
    public long? FlowSteps { get; init; }

    /// <summary>Share of sequences that come from stills when there are both, 0..1. Default 0.85.</summary>
    public double StillShare { get; init; } = 0.85;

    /// <summary>
    /// Sequences in the pool cut from clips, or from pairs; 0 reads windows straight from the clips. Default 1500 on a GPU; on the CPU 0, or 40
    /// beside stills and of pairs.
    /// </summary>
    public int? PoolClips { get; init; }

    /// <summary>Sequences in the pool rendered from stills; for flow pairs. Default 2500 on a GPU, 60 on the CPU; for flow 4000 and 60.</summary>
    public int? PoolStills { get; init; }

    /// <summary>Minutes of training after which pools are made anew, in runs limited by time. Default 8; 0 never.</summary>
    public double PoolMinutes { get; init; } = 8;

    /// <summary>Weights to start from, with a fresh optimizer; null starts from random weights.</summary>
    public string? Init { get; init; }

    /// <summary>Where the final weights are also written as float16, in a folder that is made when missing; null does not.</summary>
    public string? ExportFp16 { get; init; }

    /// <summary>Runs step by step where a CUDA graph would be used.</summary>
    public bool Eager { get; init; }

    /// <summary>The network's default for everything that is null.</summary>
    /// <param name="onGpu">Whether training is on a GPU: pools are larger there.</param>
    public TrainingOptions Resolve(bool onGpu)
    {
        bool recurrent = Network == "recurrent";
        int? unroll = Unroll ?? Frames;
        bool beside = Stills is not null || Drawings > 0;
        long? steps = Steps ?? (Network == "vsrnet" && Minutes is null ? DefaultSteps : null);
        string flow = Flow ?? (recurrent ? "compact" : FlowWeights is not null ? "flownet2-sd" : "none");
        (int? height, int? width) = WholeFrames ? (CropHeight, CropWidth) : CropSize.Of(this, flow);
        return this with
        {
            Steps = steps,
            Batch = Batch ?? (recurrent ? 16 : Network == "flow" ? 32 : 4),
            Crop = height == width ? height : null,
            CropHeight = height,
            CropWidth = width,
            Frames = Frames ?? (recurrent ? null : 3),
            Unroll = unroll ?? 10,
            LateUnroll = LateUnroll ?? unroll ?? 20,
            LateBatch = LateBatch ?? Batch ?? 8,
            LearningRate = LearningRate ?? (recurrent ? 4e-4 : Network == "flow" ? 6e-4 : 1e-3),
            Schedule = Schedule ?? (MinLearningRate is null ? "cosine" : "triangular"),
            Optimizer = Optimizer ?? (Network == "vsrnet" ? "adam" : "adamw"),
            WarmUpSteps = WarmUpSteps ?? (int)Math.Clamp((steps ?? 2000) / 10, 1, 200),
            ImageEvery = ImageEvery ?? Math.Max(100, (steps ?? 50_000) / 50),
            ValidateEvery = ValidateEvery ?? (Network == "vsrnet" ? null : 0),
            Loss = Loss ?? (Network == "vsrnet" ? "mse" : "charbonnier"),
            Flow = flow,
            PoolClips = PoolClips ?? (!recurrent ? 0 : onGpu ? 1500 : beside || Pairs is not null ? 40 : 0),
            PoolStills = PoolStills ?? (Network == "flow" ? (onGpu ? 4000 : 60) : !recurrent || !beside ? 0 : onGpu ? 2500 : 60),
        };
    }

    /// <summary>Checks what is known from the settings alone.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says value, limit and fix.</exception>
    public void Validate() => TrainingOptionsCheck.Check(this);

    /// <summary>Settings that may differ when a run is resumed; all others must be those of the run.</summary>
    internal static IReadOnlyList<string> Changeable { get; } =
    [
        nameof(Out), nameof(Steps), nameof(Minutes), nameof(ValidateEvery), nameof(CheckpointEvery), nameof(CheckpointSeconds),
        nameof(PoolMinutes), nameof(ExportFp16), nameof(Eager), nameof(Init), nameof(WarmUpSteps), nameof(Exclude), nameof(HalfSize),
        nameof(Decoder), nameof(ValFrames), nameof(ValCrf), nameof(ImageEvery), nameof(Timing),
    ];
}
