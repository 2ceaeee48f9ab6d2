using Vsr.Training.Losses;
using Vsr.Training.Schedules;

namespace Vsr.Training;

/// <summary>All settings of a training run. They are stored in the run's folder and in every checkpoint.</summary>
/// <remarks>Null means the network's own default (<see cref="Resolve"/>).</remarks>
public sealed record TrainingOptions
{
    /// <summary>The architecture: vsrnet, recurrent or flow.</summary>
    public string Network { get; init; } = "recurrent";

    /// <summary>Folder of videos, with train/ and val/ or all training.</summary>
    public string Root { get; init; } = "";

    /// <summary>The run's folder: settings, metrics, checkpoints, weights.</summary>
    public string Out { get; init; } = "";

    /// <summary>Folder of validation videos; null takes Root's val/ or <see cref="ValShare"/>.</summary>
    public string? Val { get; init; }

    /// <summary>Share of the videos kept for validation when there is no other choice, between 0 and 1; null keeps none.</summary>
    public double? ValShare { get; init; }

    /// <summary>Folder of photographs for stills in motion; null trains from the videos alone.</summary>
    public string? Stills { get; init; }

    /// <summary>Training clips to leave out: beginnings of file names.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Training clips to use at half their size because they are soft: beginnings of file names.</summary>
    public IReadOnlyList<string> HalfSize { get; init; } = [];

    /// <summary>video: the video files of the folder; png: its folders of pictures; null for both.</summary>
    public string? Loader { get; init; }

    /// <summary>auto, software or nvdec: what decodes the training videos. Default auto: the GPU's engine where it can be used.</summary>
    public string Decoder { get; init; } = "auto";

    /// <summary>Steps of the whole run; null when only time limits it.</summary>
    public long? Steps { get; init; }

    /// <summary>Minutes of training in the whole run, without reading data and building pools; null when only steps limit it.</summary>
    public double? Minutes { get; init; }

    /// <summary>Sequences a step. Default 16; vsrnet 4; flow 64 pairs.</summary>
    public int? Batch { get; init; }

    /// <summary>Side of the square high-resolution crop, a multiple of 16. Default 256.</summary>
    public int? Crop { get; init; }

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

    /// <summary>The base learning rate. Default 4e-4; flow 6e-4; vsrnet 1e-3.</summary>
    public double? LearningRate { get; init; }

    /// <summary>One of <see cref="LearningRateSchedule.Names"/>.</summary>
    public string Schedule { get; init; } = "cosine";

    /// <summary>Steps of linear warm-up. Default 200; a tenth of the steps in short runs.</summary>
    public int? WarmUpSteps { get; init; }

    /// <summary>One of <see cref="PictureLoss.Names"/>. Default charbonnier; vsrnet mse.</summary>
    public string? Loss { get; init; }

    /// <summary>fp32, or bf16 with float32 masters.</summary>
    public string Precision { get; init; } = "fp32";

    /// <summary>Decides weights, order and augmentation. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Steps between validations; 0 never validates.</summary>
    public long ValidateEvery { get; init; }

    /// <summary>Steps between checkpoints; 0 makes one every <see cref="CheckpointSeconds"/>.</summary>
    public long CheckpointEvery { get; init; }

    /// <summary>Seconds between checkpoints where <see cref="CheckpointEvery"/> is 0. Default 60.</summary>
    public double CheckpointSeconds { get; init; } = 60;

    /// <summary>none, compact or flownet2-sd: vsrnet's motion compensation; for recurrent none or compact. Null: recurrent compact, vsrnet flownet2-sd where <see cref="FlowWeights"/> are given, else none.</summary>
    public string? Flow { get; init; }

    /// <summary>Weights of vsrnet's flow network: safetensors or a PyTorch file, such as FlowNet2-SD's official one.</summary>
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

    /// <summary>recurrent: train the flow network first. Needs pools. Default true.</summary>
    public bool FlowPretraining { get; init; } = true;

    /// <summary>Steps of flow pre-training; null when <see cref="Minutes"/> decides: a tenth of them, at most 35 s on a GPU.</summary>
    public long? FlowSteps { get; init; }

    /// <summary>Share of sequences that come from stills when there are both, 0..1. Default 0.85.</summary>
    public double StillShare { get; init; } = 0.85;

    /// <summary>Sequences in the pool cut from clips; 0 reads windows straight from the clips. Default 1500 on a GPU; on the CPU 0, or 40 beside stills.</summary>
    public int? PoolClips { get; init; }

    /// <summary>Sequences in the pool rendered from stills. Default 2500 on a GPU, 60 on the CPU.</summary>
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
        bool beside = Stills is not null;
        bool pools = Network != "vsrnet";
        return this with
        {
            Batch = Batch ?? (recurrent ? 16 : Network == "flow" ? 64 : 4),
            Crop = Crop ?? 256,
            Frames = Frames ?? (recurrent ? null : 3),
            Unroll = unroll ?? 10,
            LateUnroll = LateUnroll ?? unroll ?? 20,
            LateBatch = LateBatch ?? Batch ?? 8,
            LearningRate = LearningRate ?? (recurrent ? 4e-4 : Network == "flow" ? 6e-4 : 1e-3),
            WarmUpSteps = WarmUpSteps ?? (int)Math.Clamp((Steps ?? 2000) / 10, 1, 200),
            Loss = Loss ?? (Network == "vsrnet" ? "mse" : "charbonnier"),
            Flow = Flow ?? (recurrent ? "compact" : FlowWeights is not null ? "flownet2-sd" : "none"),
            PoolClips = PoolClips ?? (!pools ? 0 : onGpu ? 1500 : beside || Network == "flow" ? 40 : 0),
            PoolStills = PoolStills ?? (!pools || !beside ? 0 : onGpu ? 2500 : 60),
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
        nameof(Decoder),
    ];
}
