using Vsr.Data;

namespace Vsr.Training.Running;

/// <summary>How many steps an epoch has: every window of the clips once. A batch may reach into the next epoch, so it is no whole number.</summary>
internal readonly record struct EpochLength(long Windows, int Batch)
{
    private const int PoolSteps = 1000;     // batches from pools know no epochs: so many steps are called one

    public double Steps => (double)Windows / Batch;

    /// <summary>The epoch of a run on these clips.</summary>
    public static EpochLength For(TrainingOptions options, IReadOnlyList<ClipInfo> clips)
    {
        if (UsesPools(options))
        {
            return new(PoolSteps, 1);
        }

        int frames = (options.Network == "recurrent" ? options.Unroll!.Value : options.Frames!.Value) | 1;
        long windows = new WindowIndex([.. clips.Select(clip => clip.FrameCount)], frames).Count;
        return new(Math.Max(1, windows), options.Batch!.Value);
    }

    /// <summary>Whether batches are taken from pools.</summary>
    public static bool UsesPools(TrainingOptions options) =>
        options.PoolClips > 0 || options.PoolStills > 0 || options.Network == "flow";

    /// <summary>Whether the last window of an epoch is in this step, counted from 1.</summary>
    public bool EndsAt(long step) => step * Batch / Windows > (step - 1) * Batch / Windows;
}
