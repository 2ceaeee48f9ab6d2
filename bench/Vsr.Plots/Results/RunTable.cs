using System.Globalization;
using System.Text;

namespace Vsr.Plots.Results;

/// <summary>The runs as Markdown tables; what is not known is a dash.</summary>
internal static class RunTable
{
    private const string Unknown = "-";

    /// <summary>A line a run: how it was trained, how long, and its scores on the validation clips beside bicubic's.</summary>
    public static string Write(IReadOnlyList<ScoredRun> runs)
    {
        StringBuilder table = new();
        table.AppendLine("| trained at | flow | precision | steps | ms a step | final loss | PSNR dB | bicubic | gain | SSIM | bicubic | example PSNR dB | bicubic |");
        table.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach ((TrainedRun run, Scores? scores, _) in runs)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {run.Resolution} | {run.Flow} | {run.Precision} | {run.Losses.Count} | {Number(run.MillisecondsPerStep, "0.00")} | {Number(run.FinalLoss, "0.000000")} | {Protocol(scores)} | {Number(scores?.ExamplePsnrDb, "0.000")} | {Number(scores?.BicubicExamplePsnrDb, "0.000")} |");
        }

        return table.ToString();
    }

    /// <summary>A line a run: its scores on the sample clip.</summary>
    public static string WriteSample(IReadOnlyList<ScoredRun> runs)
    {
        StringBuilder table = new();
        table.AppendLine("| run | PSNR dB | bicubic | gain | SSIM | bicubic |");
        table.AppendLine("|---|---|---|---|---|---|");
        foreach ((TrainedRun run, _, Scores? scores) in runs)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {run.Name} | {Protocol(scores)} |");
        }

        return table.ToString();
    }

    private static string Protocol(Scores? scores) => string.Join(
        " | ", Number(scores?.PsnrDb, "0.000"), Number(scores?.BicubicPsnrDb, "0.000"), Number(scores?.GainDb, "+0.000;-0.000;0.000"),
        Number(scores?.Ssim, "0.0000"), Number(scores?.BicubicSsim, "0.0000"));

    private static string Number(double? value, string format) =>
        value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : Unknown;
}
