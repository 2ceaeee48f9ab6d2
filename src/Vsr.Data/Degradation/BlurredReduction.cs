using System.Numerics;
using Vsr.Data.Resampling;

namespace Vsr.Data;

/// <summary>Gaussian blur and the protocol's reduction by S as one separable filter, on the host.</summary>
/// <remarks>
/// Both are weighted sums with mirrored edges, and a symmetric filter keeps the mirror, so one after the other is a single filter with the
/// convolution of their weights; only the samples that the reduction keeps are computed. Rows are summed in single precision, exactly where
/// nothing is blurred and S is 2 or 4, columns in double precision. No sum depends on the processor or on threads.
/// <see cref="Degradation.Reduce"/> is the same without blur, for tensors. One thread at a time.
/// </remarks>
internal sealed class BlurredReduction
{
    private const double Deviations = 3;   // the Gaussian is cut off there

    private readonly int _scale;
    private readonly int _margin;
    private readonly double[] _weights;
    private float[] _row = [];

    public BlurredReduction(int scale, double blurSigma)
    {
        (int first, double[] reduction) = BicubicReduction.KernelOf(scale);
        double[] gaussian = Gaussian(blurSigma);
        _scale = scale;
        _margin = (gaussian.Length / 2) - first;
        _weights = new double[reduction.Length + gaussian.Length - 1];
        for (int i = 0; i < reduction.Length; i++)
        {
            for (int j = 0; j < gaussian.Length; j++)
            {
                _weights[i + j] += reduction[i] * gaussian[j];
            }
        }
    }

    /// <summary>Reduces the upper left part of a plane.</summary>
    /// <param name="plane">The samples, row by row.</param>
    /// <param name="pitch">Samples from row to row.</param>
    /// <param name="width">The part's width, a multiple of S.</param>
    /// <param name="height">The part's height, a multiple of S.</param>
    /// <param name="reduced">Receives [height/S, width/S], neither clamped nor rounded.</param>
    public void Apply(ReadOnlySpan<byte> plane, int pitch, int width, int height, Span<float> reduced)
    {
        int extended = width + (2 * _margin);
        _row = _row.Length == extended ? _row : new float[extended];
        (int smallWidth, int smallHeight) = (width / _scale, height / _scale);
        for (int y = 0; y < smallHeight; y++)
        {
            Span<float> inner = _row.AsSpan(_margin, width);
            inner.Clear();
            for (int tap = 0; tap < _weights.Length; tap++)
            {
                int row = Mirror((y * _scale) - _margin + tap, height);
                AddRow(plane.Slice(row * pitch, width), (float)_weights[tap], inner);
            }

            ExtendRow(width);
            Across(reduced.Slice(y * smallWidth, smallWidth));
        }
    }

    private static double[] Gaussian(double sigma)
    {
        int radius = (int)Math.Ceiling(Deviations * sigma);
        double[] weights = [.. Enumerable.Range(-radius, (2 * radius) + 1)
            .Select(at => sigma > 0 ? Math.Exp(-at * at / (2 * sigma * sigma)) : 1)];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static void AddRow(ReadOnlySpan<byte> samples, float weight, Span<float> sum)
    {
        int i = 0;
        for (; i <= samples.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(samples[i..]), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            AddVector(first, weight, sum[i..]);
            AddVector(second, weight, sum[(i + Vector<float>.Count)..]);
            AddVector(third, weight, sum[(i + (2 * Vector<float>.Count))..]);
            AddVector(fourth, weight, sum[(i + (3 * Vector<float>.Count))..]);
        }

        for (; i < samples.Length; i++)
        {
            sum[i] += weight * samples[i];
        }
    }

    private static void AddVector(Vector<uint> samples, float weight, Span<float> sum) =>
        (new Vector<float>(sum) + (Vector.ConvertToSingle(Vector.AsVectorInt32(samples)) * weight)).CopyTo(sum);

    private void ExtendRow(int width)
    {
        for (int i = 1; i <= _margin; i++)
        {
            _row[_margin - i] = _row[_margin + Mirror(-i, width)];
            _row[_margin + width - 1 + i] = _row[_margin + Mirror(width - 1 + i, width)];
        }
    }

    private void Across(Span<float> reduced)
    {
        for (int x = 0; x < reduced.Length; x++)
        {
            ReadOnlySpan<float> samples = _row.AsSpan(x * _scale, _weights.Length);
            double sum = 0;
            for (int tap = 0; tap < samples.Length; tap++)
            {
                sum += _weights[tap] * samples[tap];
            }

            reduced[x] = (float)sum;
        }
    }

    // c b a | a b c | c b a, back and forth as often as needed
    private static int Mirror(int index, int size)
    {
        int inPeriod = ((index % (2 * size)) + (2 * size)) % (2 * size);
        return inPeriod < size ? inPeriod : (2 * size) - 1 - inPeriod;
    }
}
