using static TorchSharp.torch;

namespace Vsr.Data.Resampling;

/// <summary>Enlarges one dimension by a whole factor S with the cubic kernel: S phases of four taps each.</summary>
/// <remarks>Output S*i + r lies at sample i + (r + 1/2)/S - 1/2, so a phase's taps are the same for every i.</remarks>
internal sealed class BicubicEnlargement
{
    private const int Margin = 2;
    private readonly (int First, double[] Weights)[] _phases;

    public BicubicEnlargement(int scale) => _phases = Enumerable.Range(0, scale).Select(r =>
    {
        double position = ((r + 0.5) / scale) - 0.5;
        int first = (int)Math.Floor(position) - 1;
        return (first, CubicKernel.Normalized(Enumerable.Range(first, 4).Select(tap => tap - position)));
    }).ToArray();

    /// <summary>Enlarges dimension <paramref name="dim"/>, counted from the front.</summary>
    public Tensor Along(Tensor x, int dim)
    {
        using Tensor extended = MirroredEdge.Extend(x, dim, Margin);
        Tensor[] phases = _phases.Select(phase => Filter(extended, dim, x.size(dim), phase.First, phase.Weights)).ToArray();
        using Tensor interleaved = stack(phases, dim + 1);
        foreach (Tensor phase in phases)
        {
            phase.Dispose();
        }

        return interleaved.flatten(dim, dim + 1);
    }

    private static Tensor Filter(Tensor extended, int dim, long size, int first, double[] weights)
    {
        Tensor? sum = null;
        for (int tap = 0; tap < weights.Length; tap++)
        {
            using Tensor samples = extended.narrow(dim, Margin + first + tap, size);
            if (sum is null)
            {
                sum = samples.mul(weights[tap]);
            }
            else if (weights[tap] != 0)
            {
                sum.add_(samples, weights[tap]);
            }
        }

        return sum!;
    }
}
