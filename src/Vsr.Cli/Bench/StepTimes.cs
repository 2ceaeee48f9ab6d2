namespace Vsr.Cli.Bench;

/// <summary>Mean times of the steps of a loop, in milliseconds.</summary>
/// <param name="Steps">How many steps.</param>
/// <param name="WallMs">Wall time.</param>
/// <param name="HostMs">Host time inside the loader's Next.</param>
/// <param name="RestMs">The step's time on the device, from before Next to the end of computing, without <paramref name="HostMs"/>.</param>
/// <param name="RestVariance">Variance of single steps' rest.</param>
/// <param name="CpuMs">Processor time of the process.</param>
/// <param name="Drift">Half of what the rest differs between the two runs that these are the mean of.</param>
internal sealed record StepTimes(int Steps, double WallMs, double HostMs, double RestMs, double RestVariance, double CpuMs, double Drift = 0)
{
    /// <summary>The mean of two runs of the same loop, so that a drift of clocks between them is halved out.</summary>
    public static StepTimes Mean(StepTimes first, StepTimes second) => new(
        first.Steps + second.Steps,
        (first.WallMs + second.WallMs) / 2,
        (first.HostMs + second.HostMs) / 2,
        (first.RestMs + second.RestMs) / 2,
        (first.RestVariance + second.RestVariance) / 2,
        (first.CpuMs + second.CpuMs) / 2,
        Math.Abs(first.RestMs - second.RestMs) / 2);

    /// <summary>Standard error of the difference of two loops' rest, drift included.</summary>
    public static double StandardError(StepTimes a, StepTimes b) =>
        Math.Sqrt(
        (a.RestVariance / a.Steps) + (b.RestVariance / b.Steps) + (a.Drift * a.Drift) + (b.Drift * b.Drift));
}
