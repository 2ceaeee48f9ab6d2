using System.Numerics;

namespace Vsr.Training.Metrics;

/// <summary>Structural similarity with an 11x11 Gaussian window of sigma 1.5, over the positions where the window fits.</summary>
/// <remarks>
/// Z. Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004, equation 13, with
/// C1 = (0.01 L)^2, C2 = (0.03 L)^2 and L = 255 as in the authors' program, at the picture's full size. The mean over all
/// positions is a frame's figure; the mean over frames a clip's. Computed in double precision; the sum's order, and so the
/// result, does not depend on the number of threads.
/// </remarks>
public static class Ssim
{
    /// <summary>Width and height of the window; no picture may be smaller.</summary>
    public const int WindowSize = 11;

    private const double Sigma = 1.5;
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;
    private const int RowsPerBand = 16;
    private const int Moments = 5;

    private static readonly double[] Window = CreateWindow();

    /// <summary>The mean structural similarity of two planes.</summary>
    /// <param name="groundTruth">[H, W] on the scale 0..255.</param>
    /// <param name="output">[H, W].</param>
    /// <param name="width">W, at least <see cref="WindowSize"/>.</param>
    /// <param name="height">H, at least <see cref="WindowSize"/>.</param>
    /// <returns>At most 1, which equal planes have.</returns>
    /// <exception cref="ArgumentException">The lengths are not W*H, or the window does not fit.</exception>
    public static double Compute(ReadOnlyMemory<double> groundTruth, ReadOnlyMemory<double> output, int width, int height)
    {
        if (width < WindowSize || height < WindowSize)
        {
            throw new ArgumentException(
                $"a picture of {width}x{height} is smaller than the window of {WindowSize}x{WindowSize}; leave such frames out",
                nameof(width));
        }

        if (groundTruth.Length != width * height || output.Length != groundTruth.Length)
        {
            throw new ArgumentException(
                $"{groundTruth.Length} and {output.Length} samples for {width}x{height} pixels", nameof(output));
        }

        int rows = height - WindowSize + 1;
        double[] bandSums = new double[(rows + RowsPerBand - 1) / RowsPerBand];
        Parallel.For(0, bandSums.Length, band => bandSums[band] = SumBand(
            groundTruth.Span, output.Span, width, band * RowsPerBand, Math.Min(rows, (band + 1) * RowsPerBand)));
        return bandSums.Sum() / ((double)rows * (width - WindowSize + 1));
    }

    private static double SumBand(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int width, int firstRow, int endRow)
    {
        double[] columns = new double[Moments * width];
        double sum = 0;
        for (int row = firstRow; row < endRow; row++)
        {
            WeighColumns(x[(row * width)..], y[(row * width)..], width, columns);
            sum += SumRow(columns, width);
        }

        return sum;
    }

    /// <summary>Weighs 11 rows of x, y, x^2, y^2 and xy into one row each: [5, W].</summary>
    private static void WeighColumns(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int width, Span<double> columns)
    {
        int column = 0;
        for (; column + Vector<double>.Count <= width; column += Vector<double>.Count)
        {
            Vector<double> sumX = default, sumY = default, sumXX = default, sumYY = default, sumXY = default;
            for (int tap = 0; tap < WindowSize; tap++)
            {
                Vector<double> a = new(x[((tap * width) + column)..]);
                Vector<double> b = new(y[((tap * width) + column)..]);
                Vector<double> weightedA = a * Window[tap];
                Vector<double> weightedB = b * Window[tap];
                sumX += weightedA;
                sumY += weightedB;
                sumXX += weightedA * a;
                sumYY += weightedB * b;
                sumXY += weightedA * b;
            }

            sumX.CopyTo(columns[column..]);
            sumY.CopyTo(columns[(width + column)..]);
            sumXX.CopyTo(columns[((2 * width) + column)..]);
            sumYY.CopyTo(columns[((3 * width) + column)..]);
            sumXY.CopyTo(columns[((4 * width) + column)..]);
        }

        for (; column < width; column++)
        {
            WeighColumn(x[column..], y[column..], width, columns[column..]);
        }
    }

    private static void WeighColumn(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int width, Span<double> columns)
    {
        for (int moment = 0; moment < Moments; moment++)
        {
            columns[moment * width] = 0;
        }

        for (int tap = 0; tap < WindowSize; tap++)
        {
            (double a, double b) = (x[tap * width], y[tap * width]);
            columns[0] += a * Window[tap];
            columns[width] += b * Window[tap];
            columns[2 * width] += a * Window[tap] * a;
            columns[3 * width] += b * Window[tap] * b;
            columns[4 * width] += a * Window[tap] * b;
        }
    }

    /// <summary>Weighs 11 neighbouring columns and sums the similarity over a row of positions.</summary>
    private static double SumRow(ReadOnlySpan<double> columns, int width)
    {
        int positions = width - WindowSize + 1;
        Vector<double> sums = Vector<double>.Zero;
        int position = 0;
        for (; position + Vector<double>.Count <= positions; position += Vector<double>.Count)
        {
            sums += Similarity(
                WeighRow(columns[position..]), WeighRow(columns[(width + position)..]),
                WeighRow(columns[((2 * width) + position)..]), WeighRow(columns[((3 * width) + position)..]),
                WeighRow(columns[((4 * width) + position)..]));
        }

        double sum = Vector.Sum(sums);
        Span<double> rest = stackalloc double[Vector<double>.Count + WindowSize - 1];
        Span<Vector<double>> moments = stackalloc Vector<double>[Moments];
        for (; position < positions; position++)
        {
            for (int moment = 0; moment < Moments; moment++)
            {
                columns.Slice((moment * width) + position, WindowSize).CopyTo(rest);
                moments[moment] = WeighRow(rest);
            }

            sum += Similarity(moments[0], moments[1], moments[2], moments[3], moments[4])[0];
        }

        return sum;
    }

    private static Vector<double> WeighRow(ReadOnlySpan<double> columns)
    {
        Vector<double> sum = Vector<double>.Zero;
        for (int tap = 0; tap < WindowSize; tap++)
        {
            sum += new Vector<double>(columns[tap..]) * Window[tap];
        }

        return sum;
    }

    private static Vector<double> Similarity(
        Vector<double> meanX, Vector<double> meanY, Vector<double> meanXX, Vector<double> meanYY, Vector<double> meanXY)
    {
        Vector<double> product = meanX * meanY;
        Vector<double> squares = (meanX * meanX) + (meanY * meanY);
        Vector<double> c1 = new(C1);
        Vector<double> c2 = new(C2);
        return ((2 * product) + c1) * ((2 * (meanXY - product)) + c2)
            / ((squares + c1) * (meanXX + meanYY - squares + c2));
    }

    private static double[] CreateWindow()
    {
        double[] window = Enumerable.Range(0, WindowSize)
            .Select(tap => Math.Exp(-Math.Pow(tap - (WindowSize / 2), 2) / (2 * Sigma * Sigma))).ToArray();
        double sum = window.Sum();
        return window.Select(weight => weight / sum).ToArray();
    }
}
