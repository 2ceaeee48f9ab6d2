namespace Vsr.Data.Resampling;

/// <summary>The cubic convolution kernel with a = -0.5.</summary>
/// <remarks>R. Keys, "Cubic convolution interpolation for digital image processing", 1981, equation 15; what MATLAB's imresize uses.</remarks>
internal static class CubicKernel
{
    private const double A = -0.5;

    /// <summary>The kernel's value at a distance in samples; zero from 2 on.</summary>
    public static double Weight(double distance)
    {
        double t = Math.Abs(distance);
        return t switch
        {
            < 1 => (((A + 2) * t - (A + 3)) * t * t) + 1,
            < 2 => (((A * t - 5 * A) * t + 8 * A) * t) - 4 * A,
            _ => 0,
        };
    }

    /// <summary>The kernel at several distances, divided by its sum.</summary>
    public static double[] Normalized(IEnumerable<double> distances)
    {
        double[] weights = distances.Select(Weight).ToArray();
        double sum = weights.Sum();
        return weights.Select(weight => weight / sum).ToArray();
    }
}
