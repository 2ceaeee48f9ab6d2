using Vsr.Data.Synthesis;

namespace Vsr.Training.Tasks;

/// <summary>How many sequences pools hold and how large these are.</summary>
/// <param name="Clips">Sequences cut from clips.</param>
/// <param name="Stills">Sequences rendered from stills.</param>
/// <param name="Sequence">Frames and size of a sequence.</param>
/// <param name="Seed">What they are drawn from.</param>
internal sealed record PoolPlan(int Clips, int Stills, MotionPoolOptions Sequence, ulong Seed)
{
    /// <summary>Sequences cut from pairs of high and low resolution; clips give none then.</summary>
    public int Pairs { get; private init; }

    private const int LeastFrames = 20;
    private const int Room = 32;            // so that a crop can lie in several places
    private const int FlowScale = 4;        // pre-training sees frames that many times smaller

    /// <summary>The sequences of a run: long enough for its batches, with room around its crops.</summary>
    public static PoolPlan For(TrainingOptions options) => new(
        options.Pairs is null ? options.PoolClips!.Value : 0,
        options.PoolStills!.Value,
        new MotionPoolOptions
        {
            FrameCount = Math.Max(LeastFrames, Math.Max(options.Unroll!.Value, options.LateUnroll!.Value)),
            Size = Math.Max(options.Crop!.Value, FlowCrop(options)) + Room,
        },
        options.Seed)
    {
        Pairs = options.Pairs is null ? 0 : options.PoolClips!.Value,
    };

    /// <summary>The crop of flow training: that of the run, rounded to what the flow network takes.</summary>
    public static int FlowCrop(TrainingOptions options)
    {
        int multiple = FlowScale << options.FlowLevels;      // the coarsest level is unshuffled by 2
        return Math.Max(multiple, options.Crop!.Value / multiple * multiple);
    }
}
