using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Weights and frames as formulas of names and indices: Golden/formula.py in C#.</summary>
internal static class GoldenFormula
{
    private const int Projections = 8;
    private const int Samples = 32;

    /// <summary>Sets every floating-point parameter and buffer to its formula.</summary>
    public static void Fill(nn.Module module)
    {
        using IDisposable noGrad = no_grad();
        foreach ((string name, Tensor tensor) in module.state_dict())
        {
            if (tensor.is_floating_point())
            {
                using Tensor values = torch.tensor(Weights(name, tensor.shape), tensor.shape);
                tensor.copy_(values);
            }
        }
    }

    /// <summary>A moving texture in 0..1 with a little noise that the salt chooses, [n, t, c, h, w].</summary>
    public static Tensor Frames(ScalarType type, int[] shape, int salt = 0)
    {
        (int n, int t, int c, int h, int w) = (shape[0], shape[1], shape[2], shape[3], shape[4]);
        double[] values = Noise($"frames{salt}", n * t * c * h * w);
        int at = 0;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < t; k++)
            {
                for (int j = 0; j < c; j++)
                {
                    for (int y = 0; y < h; y++)
                    {
                        for (int x = 0; x < w; x++)
                        {
                            values[at] = 0.5 + (0.2 * Math.Sin((0.31 * x) + (0.17 * y) + (0.5 * k) + (1.3 * j) + i))
                                + (0.15 * Math.Cos((0.13 * x) - (0.41 * y) - (0.4 * k) + (0.7 * j) + (2 * i)))
                                + (0.05 * values[at]);
                            at++;
                        }
                    }
                }
            }
        }

        return torch.tensor(values, shape.Select(side => (long)side).ToArray()).to(type);
    }

    public static Tensor LossWeights(Tensor like) => torch.tensor(Noise("loss", like.numel()), like.shape).to(like.dtype);

    /// <summary>Norm, projections on random signs, strided samples.</summary>
    public static double[] Summary(Tensor tensor)
    {
        using Tensor host = tensor.detach().cpu().to(ScalarType.Float64).contiguous();
        double[] values = host.data<double>().ToArray();
        ulong seed = Seed("projection");
        double squares = 0;
        Span<double> projections = stackalloc double[Projections];
        for (int i = 0; i < values.Length; i++)
        {
            squares += values[i] * values[i];
            ulong signs = Bits(seed, i) >> 40;
            for (int k = 0; k < Projections; k++)
            {
                projections[k] += ((signs >> k) & 1) == 0 ? values[i] : -values[i];
            }
        }

        int stride = (values.Length + Samples - 1) / Samples;
        return [Math.Sqrt(squares), .. projections, .. Enumerable.Range(0, (values.Length + stride - 1) / stride).Select(i => values[i * stride])];
    }

    /// <summary>The relative difference ||a - b|| / ||b||: the larger of its estimate by projections and that over the samples.</summary>
    public static double Difference(double[] actual, double[] golden)
    {
        Assert.Equal(golden.Length, actual.Length);
        double norm = golden[0];
        double projected = Enumerable.Range(1, Projections).Sum(k => Math.Pow(actual[k] - golden[k], 2)) / Projections;
        double sampled = golden.Skip(1 + Projections).Zip(actual.Skip(1 + Projections), (b, a) => (a - b) * (a - b)).Sum();
        return norm == 0 ? actual[0] : Math.Sqrt(Math.Max(projected, sampled)) / norm;
    }

    private static double[] Weights(string name, long[] shape)
    {
        double[] values = Noise(name, shape.Aggregate(1L, (product, side) => product * side));
        double scale = shape.Length == 4 ? Math.Sqrt(1.5 / (shape[1] * shape[2] * shape[3])) : 0.1;
        bool aboutOne = shape.Length != 4
            && (name.EndsWith(".weight", StringComparison.Ordinal) || name.EndsWith(".running_var", StringComparison.Ordinal));
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = aboutOne ? 1 + (0.3 * values[i]) : scale * values[i];
        }

        return values;
    }

    private static double[] Noise(string name, long count)
    {
        ulong seed = Seed(name);
        double[] values = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ((Bits(seed, i) >> 11) * Math.ScaleB(1, -52)) - 1;
        }

        return values;
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    private static ulong Seed(string name) =>
        Encoding.UTF8.GetBytes(name).Aggregate(0xCBF29CE484222325UL, (hash, b) => unchecked((hash ^ b) * 0x100000001B3UL));

    /// <summary>SplitMix64 of seed and index.</summary>
    private static ulong Bits(ulong seed, int index) => unchecked(Mix(seed + (((ulong)index + 1) * 0x9E3779B97F4A7C15UL)));

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
