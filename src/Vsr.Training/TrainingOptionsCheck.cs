using Vsr.Data.Synthesis;
using Vsr.Training.Evaluation;
using Vsr.Training.Losses;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;

namespace Vsr.Training;

/// <summary>The ranges of <see cref="TrainingOptions"/>, each with a message that says value, limit and fix.</summary>
internal static class TrainingOptionsCheck
{
    public static readonly string[] Networks = ["vsrnet", "recurrent", "flow"];
    private const int MostSequences = 4096;
    private const int MostCrop = 8192;
    private const int MostUnroll = 999;
    private const int MostMinutes = 1_000_000;
    private static readonly string[] Flows = ["none", "compact", "flownet2-sd"];
    private static readonly string[] Paddings = ["zero", "replicate"];
    private static readonly string[] Loaders = ["video", "png"];
    private static readonly string[] Decoders = ["auto", "software", "nvdec"];
    private static readonly string[] Optimizers = ["adam", "adamw"];

    public static void Check(TrainingOptions options)
    {
        Require(options.Network.Length > 0, $"no network: add --network {string.Join(" | ", Networks)}");
        OneOf("network", options.Network, Networks);
        OneOf("precision", options.Precision, TrainingPrecision.Names);
        OneOf("schedule", options.Schedule ?? "cosine", LearningRateSchedule.Names);
        OneOf("optimizer", options.Optimizer ?? "adam", Optimizers);
        OneOf("padding", options.Padding, Paddings);
        OneOf("loader", options.Loader ?? "video", Loaders);
        OneOf("decoder", options.Decoder, Decoders);
        OneOf("flow", options.Flow ?? "none", Flows);
        OneOf("loss", options.Loss ?? "mse", PictureLoss.Names);
        Require(options.Out.Length > 0, "no folder for the run: add --out RUN");
        Require(options.Root.Length > 0 || options.Pairs is not null, "no folder of videos: add --root DIR");
        CheckPairs(options);
        Require(
            options.Steps is not null || options.Minutes is not null || options.Network == "vsrnet",
            "no length of the run: add --steps N or --minutes M");
        Require(options.Val is null || options.ValShare is null, "a validation folder and a share of the videos exclude each other; give one");
        AtLeast("steps", options.Steps, 1);
        Require(
            options.Minutes is null || (options.Minutes > 0 && options.Minutes <= MostMinutes),
            FormattableString.Invariant($"minutes {options.Minutes} is not above 0 and at most {MostMinutes}"));
        Require(options.PoolMinutes is >= 0 and <= MostMinutes, $"pool-minutes {options.PoolMinutes} is outside 0..{MostMinutes}");
        Within("batch", options.Batch, 1, MostSequences);
        Within("late-batch", options.LateBatch, 1, MostSequences);
        AtLeast("warm-up", options.WarmUpSteps, 0);
        AtLeast("flow-steps", options.FlowSteps, 0);
        AtLeast("pool-clips", options.PoolClips, 0);
        AtLeast("pool-stills", options.PoolStills, 0);
        CheckDrawings(options);
        AtLeast("validate-every", options.ValidateEvery, 0);
        AtLeast("checkpoint-every", options.CheckpointEvery, 0);
        AtLeast("image-freq", options.ImageEvery, 0);
        AtLeast("val-frames", options.ValFrames, 1);
        Within("val-crf", options.ValCrf, 0, ClipCompression.HighestCrf);
        Require(options.ValCrf is null || options.Network != "flow", "val-crf is for networks that enlarge, not for flow");
        Share("val-share", options.ValShare);
        Share("still-share", options.StillShare);
        Share("late-from", options.LateFrom);
        CheckRates(options);
        CheckCrop(options);
        CheckFrames(options);
        CheckFlow(options);
    }

    private static void CheckDrawings(TrainingOptions options)
    {
        Within("drawings", options.Drawings, 0, DrawnStills.MostPictures);
        Require(
            options.Drawings == 0 || options.PoolStills > 0 || (options.PoolStills is null && options.Network != "vsrnet"),
            $"drawings {options.Drawings} are set in motion like stills, and no sequences of stills are made: add --pool-stills N");
    }

    private static void CheckPairs(TrainingOptions options)
    {
        if (options.Pairs is not null)
        {
            Require(options.Network == "recurrent", $"pairs are for recurrent; {options.Network} makes its input of the clips in root");
            Require(options.Root.Length == 0, "pairs take the place of root: the manifest names the clips; give one of the two");
            Require(options.ValShare is null, "val-share is of the clips in root; give a folder of validation clips with val");
            Require(options.HalfSize.Count == 0, "half-size is for clips; pairs are used as they are");
            Require(options.Loader is null, "loader is for clips; pairs are used as they are");
            Require(options.PoolClips is not 0, "pool-clips 0 leaves no pairs to train on; give 1 or more");
        }
    }

    private static void CheckRates(TrainingOptions options)
    {
        Require(options.LearningRate is null or (> 0 and <= 1), Invariant($"learning-rate {options.LearningRate} is outside 0..1"));
        Require(
            options.MinLearningRate is null or (>= 0 and <= 1), Invariant($"min-learning-rate {options.MinLearningRate} is outside 0..1"));
        double highest = options.LearningRate ?? options.Resolve(onGpu: false).LearningRate!.Value;
        Require(
            options.MinLearningRate is null || options.MinLearningRate <= highest,
            Invariant($"min-learning-rate {options.MinLearningRate} is above the learning rate {highest}; exchange them"));
        Require(
            options.Schedule != "constant" || options.MinLearningRate is null || options.MinLearningRate == highest,
            Invariant($"schedule constant has one rate, not {options.MinLearningRate} and {highest}; leave min-learning-rate out"));
        Require(
            options.CycleSteps is null || (options.CycleSteps >= 2 && options.Schedule is null or "triangular"),
            options.CycleSteps < 2 ? $"cycle-steps {options.CycleSteps} is below 2" : $"cycle-steps is for the triangular schedule, not for {options.Schedule}");
        Require(options.WeightDecay is >= 0 and <= 1, Invariant($"weight-decay {options.WeightDecay} is outside 0..1"));
        Require(options.ClipNorm is >= 0 and <= 1e6, Invariant($"clip-norm {options.ClipNorm} is outside 0..1000000"));
    }

    private static void CheckCrop(TrainingOptions options)
    {
        int multiple = CropSize.MultipleFor(options);
        foreach ((string name, int? side) in new[] { ("crop", options.Crop), ("crop-size", options.CropHeight), ("crop-size", options.CropWidth) })
        {
            Require(
                side is null || (side is >= 16 and <= MostCrop && side % multiple == 0),
                $"{name} {side} is not a multiple of {multiple} from 16 to {MostCrop}");
        }

        Require(options.CropHeight is null == options.CropWidth is null, "crop-size takes height and width; give both");
        Require(
            options.Crop is null || options.CropHeight is null || (options.Crop == options.CropHeight && options.Crop == options.CropWidth),
            $"crop {options.Crop} and crop-size {options.CropHeight} {options.CropWidth} contradict each other; give one");
        Require(
            (options.PoolClips is null or 0 && options.PoolStills is null or 0) || (options.CropHeight == options.CropWidth && !options.WholeFrames),
            "pools take square crops: add --crop N, or leave pool-clips and pool-stills out");
        Require(
            options.Network == "vsrnet" || (options.CropHeight == options.CropWidth && !options.WholeFrames),
            options.WholeFrames
                ? $"whole frames are for vsrnet; {options.Network} takes square crops: add --crop N"
                : $"crop-size {options.CropHeight} {options.CropWidth} is for vsrnet; {options.Network} takes a square");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static void CheckFrames(TrainingOptions options)
    {
        int most = options.Network == "vsrnet" ? 15 : 99;
        Require(options.Frames is null || options.Frames % 2 != 0, $"frames {options.Frames} is even; a window has an odd number of frames, 1..{most}");
        Require(options.Frames is null || (options.Frames >= 1 && options.Frames <= most), $"frames {options.Frames} is outside 1..{most}");
        Within("unroll", options.Unroll, 1, MostUnroll);
        Within("late-unroll", options.LateUnroll, 1, MostUnroll);
    }

    private static void CheckFlow(TrainingOptions options)
    {
        if (options.Network == "flow")
        {
            CheckFlowNetwork(options);
        }

        Require(
            options.FlowWeights is null || (options.Network == "vsrnet" && options.Flow is not "none"),
            options.Network == "vsrnet"
                ? "flow none takes no flownet_path; leave one of the two out"
                : $"flownet_path is for vsrnet with a flow; leave it out for {options.Network}");
        if (options.Network == "recurrent")
        {
            Within("channels", options.Channels, 8, 1024);
            Within("blocks", options.Blocks, 1, 200);
            Within("look-ahead", options.LookAhead, 0, 8);
            Within("scale", options.Scale, 2, 4);
            Within("flow-channels", options.FlowChannels, 8, 256);
            Within("flow-levels", options.FlowLevels, 1, 8);
            Require(options.FlowReduction is 1 or 2 or 4, $"flow-reduction {options.FlowReduction} is not 1, 2 or 4");
            OneOf("carry", options.Carry, ["picture", "channels", "none"]);
            Require(options.Flow is not "flownet2-sd", "flow flownet2-sd is for vsrnet; recurrent takes none or compact");
        }
        else
        {
            Require(options.Scale == 4, $"scale {options.Scale} is for recurrent; {options.Network} takes 4");
        }

        if (options.Network == "vsrnet" && options.Flow == "flownet2-sd")
        {
            Require(
                options.FlowWeights is not null,
                $"flow {options.Flow} needs its weights: add --flownet_path FILE, or take --flow none");
        }
    }

    private static void CheckFlowNetwork(TrainingOptions options)
    {
        Require(options.PoolClips is null or 0, "pool-clips is for recurrent; flow takes its pairs from pool-stills");
        Require(options.PoolStills is not 0, "pool-stills 0 leaves flow nothing to train on; give 1 or more");
        Require(options.ValShare is null, "val-share is for videos; flow is validated on pairs with known flow: give val their folder");
    }

    private static void OneOf(string name, string value, IReadOnlyList<string> choices) =>
        Require(choices.Contains(value), $"{name} '{value}' is unknown; there are {string.Join(", ", choices)}");

    private static void AtLeast(string name, long? value, long least) =>
        Require(value is null || value >= least, $"{name} {value} is below {least}");

    private static void Within(string name, int? value, int least, int most) =>
        Require(value is null || (value >= least && value <= most), $"{name} {value} is outside {least}..{most}");

    private static void Share(string name, double? value) =>
        Require(value is null or (>= 0 and <= 1), $"{name} {value} is outside 0..1");

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
