using ScottPlot;

namespace Vsr.Plots.Training;

/// <summary>Draws the validation curves of the shipped networks' trainings.</summary>
/// <remarks>
/// A folder holds NAME.jsonl for each network, and NAME.again.jsonl where it was trained a second time by the same command; both are
/// drawn in one picture, training-NAME.png.
/// </remarks>
internal static class TrainingPlots
{
    /// <summary>For so long a second training is to follow the first.</summary>
    internal const double ComparedMinutes = 8;

    private const string Ending = ".jsonl", Again = ".again";
    private const int Width = 720, Height = 320;
    private const double SecondsPerMinute = 60;

    /// <summary>Draws all curves of a folder.</summary>
    /// <returns>A line a picture: its name, the last score, and how far a second training is from the first.</returns>
    /// <exception cref="ReportException">There is no curve, or a file is damaged.</exception>
    public static IReadOnlyList<string> Write(string folder, string images)
    {
        string[] names = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, $"*{Ending}").Select(path => Path.GetFileName(path)[..^Ending.Length]).Where(name => !name.EndsWith(Again, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
            : [];
        if (names.Length == 0)
        {
            throw new ReportException($"{folder} holds no NAME{Ending}; 'curve RUN FILE' makes one of a run");
        }

        Directory.CreateDirectory(images);
        return [.. names.Select(name => Draw(name, folder, images))];
    }

    private static string Draw(string name, string folder, string images)
    {
        TrainingCurve first = TrainingCurve.Read(Path.Combine(folder, name + Ending));
        string again = Path.Combine(folder, name + Again + Ending);
        TrainingCurve? second = File.Exists(again) ? TrainingCurve.Read(again) : null;
        bool isFlow = first.Metric == "val_epe";
        string unit = isFlow ? "pixels" : "dB";

        Plot plot = new();
        Add(plot, first, second is null ? name : "first training", Colors.C0);
        if (second is not null)
        {
            Add(plot, second, "second training", Colors.C1);
        }

        var line = plot.Add.HorizontalLine(first.Baseline, 1.5f, Colors.Black, LinePattern.Dotted);
        line.LegendText = isFlow ? "zero flow" : "bicubic";
        plot.Title($"{name}: validation", size: 14);
        plot.XLabel("training time in minutes");
        plot.YLabel(isFlow ? "end-point error in pixels" : "PSNR of luma in dB");
        plot.Axes.Bottom.Label.FontSize = plot.Axes.Left.Label.FontSize = 12;
        plot.Axes.Margins(0.03, 0.1);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(0, 1.03 * Math.Max(first.Points[^1].Seconds, second?.Points[^1].Seconds ?? 0) / SecondsPerMinute);
        plot.Legend.FontSize = 11;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Edge.Right);
        string file = $"training-{name}.png";
        plot.SavePng(Path.Combine(images, file), Width, Height);

        CurvePoint last = first.Points[^1];
        string text = FormattableString.Invariant($"{file}: {last.Score:0.000} {unit} after {last.Seconds / SecondsPerMinute:0.0} minutes");
        return second is null ? text : text + Compared(first, second, unit);
    }

    private static string Compared(TrainingCurve first, TrainingCurve second, string unit) =>
        first.LargestDistance(second, ComparedMinutes * SecondsPerMinute) is { } distance
            ? FormattableString.Invariant($"; the second training is at most {distance:0.000} {unit} away over the first {ComparedMinutes:0} minutes")
            : FormattableString.Invariant($"; the second training has no validation to compare over the first {ComparedMinutes:0} minutes");

    private static void Add(Plot plot, TrainingCurve curve, string legend, Color color)
    {
        var line = plot.Add.Scatter(
            [.. curve.Points.Select(point => point.Seconds / SecondsPerMinute)], (double[])[.. curve.Points.Select(point => point.Score)], color);
        line.LineWidth = 2;
        line.MarkerSize = 4;
        line.LegendText = legend;
    }
}
