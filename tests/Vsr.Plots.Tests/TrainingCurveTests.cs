using SkiaSharp;
using Vsr.Plots.Training;
using Vsr.Tests;

namespace Vsr.Plots.Tests;

public sealed class TrainingCurveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RunsThatGoOnFromOneAnotherAreOneCurveAndAFileKeepsIt()
    {
        string first = Run("first", """
            {"step":1,"loss":0.5}
            {"step":100,"loss":0.1,"trained_s":10.5}
            {"step":100,"val_psnr_db":28.123456,"val_bicubic_psnr_db":26.5}
            {"step":120,"loss":0.1,"trained_s":12}
            """);
        string second = Run("second", """
            {"step":50,"loss":0.1,"trained_s":5}
            {"step":50,"val_psnr_db":28.5,"val_bicubic_psnr_db":26.5}
            """);
        string file = _folder.File("full.jsonl");

        TrainingCurve.OfRuns([first, second]).Write(file);
        TrainingCurve curve = TrainingCurve.Read(file);

        Assert.Equal(("val_psnr_db", 26.5), (curve.Metric, curve.Baseline));
        Assert.Equal([new(100, 10.5, 28.1235), new(170, 17, 28.5)], curve.Points);
    }

    [Fact]
    public void WhatIsNoCurveIsSaid()
    {
        string run = Run("run", "{\"step\":1,\"loss\":0.5}");
        string flow = Run("flow", "{\"step\":1,\"val_epe\":2,\"val_zero_epe\":5}");
        string psnr = Run("psnr", "{\"step\":1,\"val_psnr_db\":2,\"val_bicubic_psnr_db\":5}");
        File.WriteAllText(_folder.File("damaged.jsonl"), "{\"step\":");
        File.WriteAllText(_folder.File("empty.jsonl"), "");

        Said("no validation", () => TrainingCurve.OfRuns([run]));
        Said("by val_epe, the runs before it by val_psnr_db", () => TrainingCurve.OfRuns([psnr, flow]));
        Said("cannot be read", () => TrainingCurve.OfRuns([_folder.File("none")]));
        Said("is damaged", () => TrainingCurve.Read(_folder.File("damaged.jsonl")));
        foreach (string damaged in (string[])["{\"a\":1}", "[1]", "{\"step\":1,\"val_psnr_db\":28}", "{\"step\":\"x\"}"])
        {
            Said("is damaged", () => TrainingCurve.OfRuns([Run("damaged", damaged)]));
        }

        Said("is no curve", () => TrainingCurve.Read(_folder.File("empty.jsonl")));
        Said("holds no NAME.jsonl", () => TrainingPlots.Write(_folder.File("none"), _folder.Path));

        static void Said(string expected, Action action) =>
            Assert.Contains(expected, Assert.Throws<ReportException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDistanceIsTakenWhereBothTrainingsAreKnownAndUntilATime()
    {
        TrainingCurve first = Curve((60, 27), (120, 28), (480, 29), (600, 29.5));
        TrainingCurve second = Curve((90, 27.5), (150, 28.5), (540, 29.02), (700, 31));

        // at 120 s half way from 27.5 to 28.5: no distance; at 480 s 28.5 + 330/390 * 0.52
        Assert.Equal(0.06, first.LargestDistance(second, 480)!.Value, 6);
        Assert.Equal(29.02 + (60.0 / 160 * 1.98) - 29.5, first.LargestDistance(second, 600)!.Value, 6);
        Assert.Null(first.LargestDistance(second, 60));
        Assert.Equal(0, first.LargestDistance(first, 1000));
    }

    [Fact]
    public void EachNetworkHasAPictureAndALine()
    {
        Curve((60, 27), (500, 29)).Write(_folder.File("full.jsonl"));
        Curve((60, 27.05), (500, 29.04)).Write(_folder.File("full.again.jsonl"));
        new TrainingCurve("val_epe", 5.227, [new(4000, 90, 2.8), new(8000, 180, 2.46)]).Write(_folder.File("flow.jsonl"));

        IReadOnlyList<string> lines = TrainingPlots.Write(_folder.Path, _folder.File("images"));

        Assert.Equal(
            [
                "training-flow.png: 2.460 pixels after 3.0 minutes",
                "training-full.png: 29.000 dB after 8.3 minutes; the second training is at most 0.050 dB away over the first 8 minutes",
            ],
            lines);
        using SKBitmap picture = SKBitmap.Decode(_folder.File("images/training-full.png"));
        Assert.Equal((720, 320), (picture.Width, picture.Height));
    }

    private static TrainingCurve Curve(params (double Seconds, double Score)[] points) =>
        new("val_psnr_db", 26.5, [.. points.Select((point, i) => new CurvePoint(100 * (i + 1), point.Seconds, point.Score))]);

    private string Run(string name, string lines)
    {
        string folder = Directory.CreateDirectory(_folder.File(name)).FullName;
        File.WriteAllText(Path.Combine(folder, "metrics.jsonl"), lines + "\n");
        return folder;
    }
}
