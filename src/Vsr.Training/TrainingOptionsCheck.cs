using Vsr.Training.Losses;
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
    private static readonly string[] Precisions = ["fp32", "bf16"];

    public static void Check(TrainingOptions options)
    {
        Require(options.Network.Length > 0, $"no network: add --network {string.Join(" | ", Networks)}");
        OneOf("network", options.Network, Networks);
        OneOf("precision", options.Precision, Precisions);
        OneOf("schedule", options.Schedule, LearningRateSchedule.Names);
        OneOf("padding", options.Padding, Paddings);
        OneOf("loader", options.Loader ?? "video", Loaders);
        OneOf("decoder", options.Decoder, Decoders);
        OneOf("flow", options.Flow ?? "none", Flows);
        OneOf("loss", options.Loss ?? "mse", PictureLoss.Names);
        Require(options.Out.Length > 0, "no folder for the run: add --out RUN");
        Require(options.Root.Length > 0, "no folder of videos: add --root DIR");
        Require(options.Steps is not null || options.Minutes is not null, "no length of the run: add --steps N or --minutes M");
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
        AtLeast("validate-every", options.ValidateEvery, 0);
        AtLeast("checkpoint-every", options.CheckpointEvery, 0);
        Share("val-share", options.ValShare);
        Share("still-share", options.StillShare);
        Share("late-from", options.LateFrom);
        Require(options.LearningRate is null or (> 0 and <= 1), $"learning-rate {options.LearningRate} is outside 0..1");
        Require(
            options.Crop is null || (options.Crop is >= 16 and <= MostCrop && options.Crop % 16 == 0),
            $"crop {options.Crop} is not a multiple of 16 from 16 to {MostCrop}");
        CheckFrames(options);
        CheckFlow(options);
    }

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
            Require(options.Flow is not "flownet2-sd", "flow flownet2-sd is for vsrnet; recurrent takes none or compact");
        }
        else if (options.Network == "vsrnet" && options.Flow is not null and not "none")
        {
            Require(
                options.FlowWeights is not null,
                $"flow {options.Flow} needs its weights: add --flownet_path FILE, or take --flow none");
        }
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
