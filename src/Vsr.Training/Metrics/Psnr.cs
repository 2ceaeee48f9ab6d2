using System.Numerics;
using System.Runtime.InteropServices;

namespace Vsr.Training.Metrics;

/// <summary>Peak signal-to-noise ratio: 10 log10(255^2 / MSE) in dB, the mean squared error over all pixels, no border cropped.</summary>
/// <remarks>
/// A clip's figure is the mean of its frames' figures, a set's the mean of its clips'. A frame counts at most
/// <see cref="MaximumDb"/>, so that a black frame that comes out black does not make a mean infinite.
/// </remarks>
public static class Psnr
{
    /// <summary>What a frame counts at most, and what equal frames count: 100 dB.</summary>
    public const double MaximumDb = 100;

    private const double Peak = 255;

    /// <summary>The PSNR of a picture or a set of planes of the same weight.</summary>
    /// <param name="groundTruth">Samples on the scale 0..255.</param>
    /// <param name="output">As many samples, in the same order.</param>
    /// <returns>Decibels, at most <see cref="MaximumDb"/>.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are zero.</exception>
    public static double Compute(ReadOnlySpan<double> groundTruth, ReadOnlySpan<double> output)
    {
        if (groundTruth.Length != output.Length || output.IsEmpty)
        {
            throw new ArgumentException(
                $"{output.Length} samples against {groundTruth.Length}; both pictures must have the same size", nameof(output));
        }

        return FromMeanSquaredError(SumOfSquaredDifferences(groundTruth, output) / groundTruth.Length);
    }

    /// <summary>The PSNR that belongs to a mean squared error on the scale 0..255.</summary>
    public static double FromMeanSquaredError(double meanSquaredError) =>
        Math.Min(MaximumDb, 10 * Math.Log10(Peak * Peak / meanSquaredError));

    private static double SumOfSquaredDifferences(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> right = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < left.Length; i++)
        {
            Vector<double> difference = left[i] - right[i];
            sums += difference * difference;
        }

        double sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<double>.Count; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
