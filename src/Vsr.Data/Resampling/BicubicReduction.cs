using static TorchSharp.torch;

namespace Vsr.Data.Resampling;

/// <summary>Reduces one dimension by a whole factor S with the cubic kernel widened S times, so that nothing aliases.</summary>
/// <remarks>
/// Output i is centred on sample S*i + (S-1)/2, so the same taps repeat for every output and the filter is a weighted sum
/// of strided slices: exact in the tensor's own precision on every device.
/// </remarks>
internal sealed class BicubicReduction
{
    private readonly int _scale;
    private readonly int _margin;
    private readonly double[] _weights;

    public BicubicReduction(int scale)
    {
        (int first, double[] weights) = KernelOf(scale);
        _scale = scale;
        _margin = -first;
        _weights = weights;
    }

    /// <summary>The taps of output 0: the first one's sample, which is negative, and the weights, whose sum is 1.</summary>
    public static (int First, double[] Weights) KernelOf(int scale)
    {
        double centre = (scale - 1) / 2.0;
        int first = (int)Math.Floor(centre - (2 * scale)) + 1;
        int last = (int)Math.Ceiling(centre + (2 * scale)) - 1;
        return (first, CubicKernel.Normalized(
            Enumerable.Range(first, last - first + 1).Select(tap => (tap - centre) / scale)));
    }

    /// <summary>Reduces dimension <paramref name="dim"/>, whose size is a multiple of the scale.</summary>
    public Tensor Along(Tensor x, int dim)
    {
        long size = x.size(dim) / _scale;
        using Tensor extended = MirroredEdge.Extend(x, dim, _margin);
        Tensor? sum = null;
        for (int tap = 0; tap < _weights.Length; tap++)
        {
            using Tensor samples = extended.slice(dim, tap, tap + ((size - 1) * _scale) + 1, _scale);
            if (sum is null)
            {
                sum = samples.mul(_weights[tap]);
            }
            else
            {
                sum.add_(samples, _weights[tap]);
            }
        }

        return sum!;
    }
}
