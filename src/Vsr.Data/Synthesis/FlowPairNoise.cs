using TorchSharp;
using Vsr.Data.Resampling;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>What makes two pictures of one scene differ beside motion: brightness and noise; and blur, which both have.</summary>
/// <remarks>Noise is cut from one large sheet, because a seeded generator makes numbers on the CPU only.</remarks>
internal sealed class FlowPairNoise : IDisposable
{
    private const double BrightnessShare = 0.5;
    private const double BlurShare = 0.3;
    private const double NoiseShare = 0.6;
    private const int BlurRadius = 3;
    private const int SheetRoom = 512;

    private readonly Tensor _sheet;      // float32 [3, S + 512, S + 512], normally distributed

    /// <param name="size">Width and height of the pictures, S.</param>
    /// <param name="seed">What the sheet is drawn from.</param>
    /// <param name="device">Where the pictures are.</param>
    public FlowPairNoise(int size, ulong seed, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new(seed >> 1);      // it takes 63 bits
        long side = size + SheetRoom;
        _sheet = randn([3, side, side], ScalarType.Float32, generator: generator).to(device).DetachFromDisposeScope();
    }

    /// <summary>Changes the pictures of a pair.</summary>
    /// <param name="random">The pair's random numbers.</param>
    /// <param name="frames">[2, 3, S, S], 0..1; may be overwritten.</param>
    public Tensor Add(MotionRandom random, Tensor frames)
    {
        if (random.Chance(BrightnessShare))
        {
            float[] gains = [1, (float)Math.Exp(random.Normal(0.08))];
            float[] offsets = [0, (float)random.Normal(0.02)];
            frames = frames * OnePerFrame(gains, frames.device) + OnePerFrame(offsets, frames.device);
        }

        if (random.Chance(BlurShare))
        {
            double[] weights = Weights(random.Uniform(0.4, 1.2));
            frames = Blur(Blur(frames, 2, weights), 3, weights);
        }

        if (random.Chance(NoiseShare))
        {
            frames = frames.add(stack([Cut(random, frames), Cut(random, frames)]), random.Uniform(0, 0.02));
        }

        return frames;
    }

    public void Dispose() => _sheet.Dispose();

    private Tensor Cut(MotionRandom random, Tensor frames) => _sheet
        .narrow(1, random.Below(SheetRoom + 1), frames.size(2)).narrow(2, random.Below(SheetRoom + 1), frames.size(3));

    private static Tensor OnePerFrame(float[] values, Device device) =>
        tensor(values).reshape(values.Length, 1, 1, 1).to(device, non_blocking: true);

    private static double[] Weights(double deviation)
    {
        double[] weights = Enumerable.Range(-BlurRadius, (2 * BlurRadius) + 1)
            .Select(at => Math.Exp(-at * at / (2 * deviation * deviation))).ToArray();
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static Tensor Blur(Tensor x, int dim, double[] weights)
    {
        Tensor extended = MirroredEdge.Extend(x, dim, BlurRadius);
        Tensor sum = extended.narrow(dim, 0, x.size(dim)) * weights[0];
        for (int tap = 1; tap < weights.Length; tap++)
        {
            sum.add_(extended.narrow(dim, tap, x.size(dim)), weights[tap]);
        }

        return sum;
    }
}
