using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Changes the tone of rendered frames: gamma and gain in half of the sequences, exchanged channels in a quarter.</summary>
internal static class FrameTone
{
    /// <summary>Changes all frames alike.</summary>
    /// <param name="random">The sequence's random numbers.</param>
    /// <param name="frames">[T, 3, H, W], 0..1; may be overwritten.</param>
    public static Tensor Change(MotionRandom random, Tensor frames)
    {
        if (random.Chance(0.5))
        {
            double gamma = Math.Exp(random.Normal(0.2));
            (double gain, double offset) = (random.Uniform(0.75, 1), random.Uniform(0, 0.05));
            frames = frames.clamp_min_(1e-4).pow_(gamma).mul_(gain).add_(offset);
        }

        if (random.Chance(0.25))
        {
            long[] order = [0, 1, 2];
            (int second, int third) = (random.Below(2), random.Below(3));
            (order[1], order[second]) = (order[second], order[1]);
            (order[2], order[third]) = (order[third], order[2]);
            frames = stack(order.Select(channel => frames.select(1, channel)).ToArray(), 1);
        }

        return frames;
    }
}
