using ScottPlot;
using ScottPlot.TickGenerators;

namespace Vsr.Plots.Results;

/// <summary>Draws the curves of the runs at one resolution: loss and validation PSNR over steps, and PSNR over time.</summary>
/// <remarks>Precisions differ by colour and width, so that curves on top of each other are all seen; dashes are runs without motion compensation.</remarks>
internal static class CurvePlots
{
    private const int Width = 720, Height = 360;
    private const int MostPoints = 200;
    private const double SecondsPerMinute = 60, MinutesFrom = 180;

    /// <summary>Writes the .png files that there is data for.</summary>
    /// <returns>Pairs of what is drawn and the file's name.</returns>
    public static IReadOnlyList<(string Title, string File)> Write(string resolution, IReadOnlyList<TrainedRun> runs, string folder)
    {
        List<(string, string)> files = [];
        Save("training loss", $"results-{resolution}-loss.png", Losses(runs));
        if (runs.Any(run => run.Validations.Count > 0))
        {
            Save("validation PSNR over steps", $"results-{resolution}-psnr-steps.png", PsnrOverSteps(runs));
            Save("validation PSNR over training time", $"results-{resolution}-psnr-time.png", PsnrOverTime(runs));
        }

        return files;

        void Save(string title, string file, Plot plot)
        {
            plot.Title($"VSRNet trained at {resolution}: {title}", size: 14);
            plot.Axes.Bottom.Label.FontSize = plot.Axes.Left.Label.FontSize = 12;
            plot.Legend.FontSize = 11;
            plot.Legend.SymbolWidth = 30;
            plot.Legend.ShadowColor = Colors.Transparent;
            plot.ShowLegend(Edge.Right);
            plot.SavePng(Path.Combine(folder, file), Width, Height);
            files.Add((title, file));
        }
    }

    private static Plot Losses(IReadOnlyList<TrainedRun> runs)
    {
        Plot plot = new();
        double lowest = double.MaxValue, highest = 0;
        foreach (TrainedRun run in runs)
        {
            (double[] steps, double[] losses) = Means(run.Losses);
            Add(plot, run, steps, [.. losses.Select(Math.Log10)], markers: false);
            (lowest, highest) = (Math.Min(lowest, losses.Min()), Math.Max(highest, losses.Max()));
        }

        plot.XLabel("step");
        plot.YLabel("mean squared error of luma, 0..1");
        plot.Axes.Left.TickGenerator = LogarithmicTicks(lowest, highest);
        plot.Axes.SetLimitsY(Math.Log10(lowest) - 0.05, Math.Log10(highest) + 0.05);
        return plot;
    }

    private static Plot PsnrOverSteps(IReadOnlyList<TrainedRun> runs) => Psnr(runs, point => point.Step, "step");

    private static Plot PsnrOverTime(IReadOnlyList<TrainedRun> runs)
    {
        bool inMinutes = runs.Max(run => run.Seconds) > MinutesFrom;
        return Psnr(
            runs, point => point.Seconds / (inMinutes ? SecondsPerMinute : 1), $"training time in {(inMinutes ? "minutes" : "seconds")}");
    }

    private static Plot Psnr(IReadOnlyList<TrainedRun> runs, Func<ValidationPoint, double> at, string xLabel)
    {
        Plot plot = new();
        foreach (TrainedRun run in runs.Where(run => run.Validations.Count > 0))
        {
            Add(plot, run, [.. run.Validations.Select(at)], [.. run.Validations.Select(point => point.PsnrDb)], markers: true);
        }

        double bicubic = runs.SelectMany(run => run.Validations).First().BicubicPsnrDb;
        var line = plot.Add.HorizontalLine(bicubic, 1.5f, Colors.Black, LinePattern.Dotted);
        line.LegendText = "bicubic";
        plot.Axes.Margins(0.03, 0.1);
        plot.XLabel(xLabel);
        plot.YLabel("PSNR of luma in dB");
        return plot;
    }

    private static void Add(Plot plot, TrainedRun run, double[] x, double[] y, bool markers)
    {
        (Color color, float width) = run.Precision switch
        {
            "fp32" => (Colors.C0, 3.5f),
            "fp16" => (Colors.C1, 2.2f),
            _ => (Colors.C2, 1.2f),
        };
        var line = plot.Add.Scatter(x, y, color);
        line.LineWidth = width;
        line.LinePattern = run.Flow == "none" ? LinePattern.Dashed : LinePattern.Solid;
        line.MarkerSize = markers ? 4 : 0;
        line.LegendText = $"{run.Flow}, {run.Precision}";
    }

    /// <summary>Means over equal pieces of the run, so that single batches do not hide the course.</summary>
    internal static (double[] Steps, double[] Means) Means(IReadOnlyList<double> losses)
    {
        int length = (losses.Count + MostPoints - 1) / MostPoints;
        double[][] pieces = [.. losses.Chunk(length)];
        return ([.. pieces.Select((piece, i) => (i * length) + ((piece.Length + 1) / 2.0))], [.. pieces.Select(piece => piece.Average())]);
    }

    /// <summary>Ticks at 1, 2 and 5 times the powers of ten, at the logarithms.</summary>
    private static NumericManual LogarithmicTicks(double lowest, double highest)
    {
        NumericManual ticks = new();
        for (int power = (int)Math.Floor(Math.Log10(lowest)); power <= Math.Ceiling(Math.Log10(highest)); power++)
        {
            foreach (int factor in new[] { 1, 2, 5 })
            {
                double value = factor * Math.Pow(10, power);
                ticks.AddMajor(Math.Log10(value), FormattableString.Invariant($"{value:0.#######}"));
            }
        }

        return ticks;
    }
}
