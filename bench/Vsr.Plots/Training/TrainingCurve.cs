using System.Text.Json.Nodes;

namespace Vsr.Plots.Training;

/// <summary>The validations of a training, over all runs that it took.</summary>
/// <param name="Metric">val_psnr_db, or val_epe of a flow network.</param>
/// <param name="Baseline">The same of bicubic enlargement, or of zero flow.</param>
/// <param name="Points">In order, at least one.</param>
internal sealed record TrainingCurve(string Metric, double Baseline, IReadOnlyList<CurvePoint> Points)
{
    private const string BaselineKey = "baseline", SecondsKey = "trained_s";

    private static readonly (string Metric, string Baseline)[] Known =
        [("val_psnr_db", "val_bicubic_psnr_db"), ("val_epe", "val_zero_epe")];

    /// <summary>Reads what runs logged, one run going on with the weights of the one before it.</summary>
    /// <param name="runs">Folders with metrics.jsonl.</param>
    /// <exception cref="ReportException">A file is missing or damaged, or the runs hold no validation or different ones.</exception>
    public static TrainingCurve OfRuns(IReadOnlyList<string> runs)
    {
        List<CurvePoint> points = [];
        (string Metric, double Baseline)? scored = null;
        long stepsBefore = 0;
        double secondsBefore = 0;
        foreach (string run in runs)
        {
            string file = Path.Combine(run, "metrics.jsonl");
            (long step, double seconds) = (0, 0);
            foreach (JsonNode line in JsonFiles.ReadLines(file))
            {
                step = (long)JsonFiles.RequireNumber(file, line, "step");
                seconds = JsonFiles.Number(file, line, SecondsKey) ?? seconds;
                foreach ((string metric, string baseline) in Known)
                {
                    if (JsonFiles.Number(file, line, metric) is { } score)
                    {
                        scored ??= (metric, JsonFiles.RequireNumber(file, line, baseline));
                        Require(scored.Value.Metric == metric, $"{run} validates by {metric}, the runs before it by {scored.Value.Metric}");
                        points.Add(new(stepsBefore + step, secondsBefore + seconds, score));
                    }
                }
            }

            stepsBefore += step;
            secondsBefore += seconds;
        }

        Require(scored is not null, $"{string.Join(", ", runs)}: no validation in metrics.jsonl; train with --val and --validate-every");
        return new(scored!.Value.Metric, scored.Value.Baseline, points);
    }

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="ReportException">It is missing or damaged.</exception>
    public static TrainingCurve Read(string path)
    {
        JsonNode[] lines = [.. JsonFiles.ReadLines(path)];
        string metric = Known.Select(known => known.Metric).FirstOrDefault(name => lines.Length > 0 && lines.All(line => JsonFiles.Number(path, line, name) is not null))
            ?? throw new ReportException($"{path} is no curve: a line a validation with step, trained_s and val_psnr_db or val_epe");
        return new(
            metric,
            Of(lines[0], BaselineKey),
            [.. lines.Select(line => new CurvePoint((long)Of(line, "step"), Of(line, SecondsKey), Of(line, metric)))]);

        double Of(JsonNode line, string key) => JsonFiles.RequireNumber(path, line, key);
    }

    /// <summary>Writes a line a validation.</summary>
    public void Write(string path) => File.WriteAllLines(path, Points.Select(point => new JsonObject
    {
        ["step"] = point.Step,
        [SecondsKey] = Math.Round(point.Seconds, 1),
        [Metric] = Math.Round(point.Score, 4),
        [BaselineKey] = Math.Round(Baseline, 4),
    }.ToJsonString()));

    /// <summary>The largest distance of another training's score from this one's, at its validations until a time; null where none lies within both.</summary>
    /// <param name="other">Its score between two validations lies on the line between them.</param>
    /// <param name="seconds">The time.</param>
    public double? LargestDistance(TrainingCurve other, double seconds)
    {
        double[] distances =
        [
            .. Points.Where(point => point.Seconds <= seconds)
                .Select(point => other.At(point.Seconds) is { } score ? Math.Abs(score - point.Score) : double.NaN)
                .Where(double.IsFinite),
        ];
        return distances.Length == 0 ? null : distances.Max();
    }

    private double? At(double seconds)
    {
        int after = 0;
        while (after < Points.Count && Points[after].Seconds < seconds)
        {
            after++;
        }

        if (after == Points.Count || (after == 0 && Points[0].Seconds > seconds))
        {
            return null;
        }

        CurvePoint right = Points[after];
        CurvePoint left = Points[Math.Max(0, after - 1)];
        double share = right.Seconds > left.Seconds ? (seconds - left.Seconds) / (right.Seconds - left.Seconds) : 1;
        return left.Score + (share * (right.Score - left.Score));
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ReportException(problem);
        }
    }
}
