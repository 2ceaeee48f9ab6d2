using SkiaSharp;
using Vsr.Plots.Results;

namespace Vsr.Plots.Tests;

/// <summary>The page of an experiment says what its folder holds.</summary>
public sealed class ResultsReportTests : IDisposable
{
    private readonly MadeExperiment _experiment = new();

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public void TheTableHasEveryRunWithItsFiguresBesideBicubics()
    {
        Fill();
        ResultsReport.Write(_experiment.Path, _experiment.Docs);

        // the first block of 20 steps is slow and does not count; the loss is the mean of the last two of 40 steps
        string loss = FormattableString.Invariant($"{((0.1 / 39) + (0.1 / 40)) / 2:0.000000}");
        string[] rows = [.. _experiment.Page.Split('\n').Where(line => line.StartsWith("| 540p |", StringComparison.Ordinal) || line.StartsWith("| 720p |", StringComparison.Ordinal))];
        Assert.Equal(
            [
                $"| 540p | none | fp32 | 40 | 10.00 | {loss} | 26.700 | 26.500 | +0.200 | 0.7600 | 0.7500 | 25.500 | 25.250 |",
                $"| 540p | none | bf16 | 40 | 4.00 | {loss} | 26.650 | 26.500 | +0.150 | 0.7590 | 0.7500 | 25.400 | 25.250 |",
                $"| 540p | compact | fp32 | 40 | 20.00 | {loss} | 27.000 | 26.500 | +0.500 | 0.7700 | 0.7500 | 25.800 | 25.250 |",
                $"| 540p | compact | bf16 | 40 | 10.00 | {loss} | 26.900 | 26.500 | +0.400 | 0.7690 | 0.7500 | 25.700 | 25.250 |",
                $"| 720p | none | bf16 | 40 | 4.00 | {loss} | - | - | - | - | - | - | - |",
            ],
            rows);
        Assert.Contains("Validation: clips of their own, at full size; frames scored: 127, clips: 2.", _experiment.Page, StringComparison.Ordinal);
        Assert.Contains("left out: 720p-compact-bf16.", _experiment.Page, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSentencesFollowFromTheFigures()
    {
        Fill();
        IReadOnlyList<string> sentences = Findings.Of(Experiment.Read(_experiment.Path));

        Assert.Equal(
            "Every run scores above bicubic enlargement: the best, 540p-compact-fp32, is 0.500 dB above it, the worst, 540p-none-bf16, 0.150 dB above.",
            sentences[0]);
        Assert.Equal(
            "Motion compensation by the compact flow network (`compact`) scores above none (+0.250 to +0.300 dB in 2 pairs of runs that differ in nothing else).",
            sentences[1]);
        Assert.Equal(
            "Bf16 does not score above fp32 (-0.100 to -0.050 dB in 2 pairs of runs that differ in nothing else). A step takes 0.40 to 0.50 times as long as in fp32.",
            sentences[2]);
        Assert.StartsWith("Every figure is that of one run with one seed", sentences[3], StringComparison.Ordinal);
        Assert.Equal(4, sentences.Count);
    }

    [Fact]
    public void ALossIsSaidAsPlainlyAsAGain()
    {
        _experiment.AddRun("540p-none-fp32");
        _experiment.AddScores("540p-none-fp32", 24, 0.6, 22);
        _experiment.AddRun("540p-compact-fp32");
        _experiment.AddScores("540p-compact-fp32", 23.5, 0.6, 22);
        IReadOnlyList<string> sentences = Findings.Of(Experiment.Read(_experiment.Path));

        Assert.StartsWith(
            "No run reaches bicubic enlargement: the best, 540p-none-fp32, is 2.500 dB below it, the worst, 540p-compact-fp32, 3.000 dB below.", sentences[0], StringComparison.Ordinal);
        Assert.Contains("does not score above none (-0.500 dB in the one pair of runs", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAPairTheQuestionRemainsOpenAndACheckIsCalledOne()
    {
        using MadeExperiment check = new(small: true);
        check.AddRun("180p-none-fp32");
        check.AddScores("180p-none-fp32", 27, 0.6, 22);
        IReadOnlyList<string> sentences = Findings.Of(Experiment.Read(check.Path));

        Assert.Contains("no pair of runs with and without motion compensation", sentences[1], StringComparison.Ordinal);
        Assert.Contains("say nothing about the network", sentences[2], StringComparison.Ordinal);
    }

    [Fact]
    public void CurvesAndPicturesAreDrawnAndThePageShowsThemAll()
    {
        Fill();
        Directory.CreateDirectory(Path.Combine(_experiment.Docs, "images"));
        File.WriteAllText(Path.Combine(_experiment.Docs, "images", "results-1080p-loss.png"), "of an earlier report");
        ResultsReport.Write(_experiment.Path, _experiment.Docs);

        string[] files = [.. Directory.GetFiles(Path.Combine(_experiment.Docs, "images")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "results-540p-loss.png", "results-540p-psnr-steps.png", "results-540p-psnr-time.png",
                "results-720p-loss.png", "results-720p-psnr-steps.png", "results-720p-psnr-time.png", "results-pictures.png",
            ],
            files);
        Assert.All(files, file => Assert.Contains($"(images/{file})", _experiment.Page, StringComparison.Ordinal));
        using SKBitmap curve = SKBitmap.Decode(Path.Combine(_experiment.Docs, "images", files[0]));
        Assert.Equal((720, 360), (curve.Width, curve.Height));
        Assert.Contains("| 540p-none-fp32 | 30.000 | 26.500 |", _experiment.Page, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePanelShowsTheSameDetailOfInputBicubicOutputsAndTruth()
    {
        Fill();
        ResultsReport.Write(_experiment.Path, _experiment.Docs);

        using SKBitmap panel = SKBitmap.Decode(Path.Combine(_experiment.Docs, "images", "results-pictures.png"));
        Assert.Equal((4 * 244) - 4, panel.Width);     // input, bicubic, one run without motion compensation, truth
        Assert.Equal(
            [SKColors.Red, SKColors.Green, SKColors.Blue, SKColors.White],
            new[] { 30, 274, 518, 762 }.Select(x => panel.GetPixel(x, 40)));
        SKColor[] corner = [.. Enumerable.Range(0, 400).Select(i => panel.GetPixel(panel.Width - 21 + (i % 20), panel.Height - 21 + (i / 20)))];
        Assert.Contains(SKColors.Black, corner);      // the detail is where the checks are
    }

    [Fact]
    public void WhatIsMissingIsSaid()
    {
        Assert.Contains("no finished run", Assert.Throws<ReportException>(() => Experiment.Read(_experiment.Path)).Message, StringComparison.Ordinal);
        _experiment.AddRun("540p-none-fp32");
        Assert.Contains("No run was scored", Findings.Of(Experiment.Read(_experiment.Path))[0], StringComparison.Ordinal);
        _experiment.Write("evaluation/540p-none-fp32.json", """{"clips": [], "mean": {"psnr_db": 26}}""");
        Assert.Contains("--example-metric", Assert.Throws<ReportException>(() => Experiment.Read(_experiment.Path)).Message, StringComparison.Ordinal);
        _experiment.Write("evaluation/540p-none-fp32.json", "{");
        Assert.Contains("is damaged", Assert.Throws<ReportException>(() => Experiment.Read(_experiment.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MachineCommandAndSettingsAreOnThePageAndFoldersAreNot()
    {
        Fill();
        ResultsReport.Write(_experiment.Path, _experiment.Docs);

        Assert.Contains("| command | `eng/experiment DATA WORK --device cuda` |", _experiment.Page, StringComparison.Ordinal);
        Assert.Contains("Films left out of the training: those whose names begin with cut_from_it.", _experiment.Page, StringComparison.Ordinal);
        Assert.Contains("| commit | 0123456789ab |", _experiment.Page, StringComparison.Ordinal);
        Assert.Contains("| device | Test GPU, driver 570.1 |", _experiment.Page, StringComparison.Ordinal);
        Assert.Contains("| machine | 16 processors, 128 GiB, Linux |", _experiment.Page, StringComparison.Ordinal);
        Assert.Contains("libtorch 2.11.0", _experiment.Page, StringComparison.Ordinal);
        Assert.Contains("| settings | Batch 16, CropHeight 256, Optimizer adam |", _experiment.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/somewhere", _experiment.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(_experiment.Path, _experiment.Page, StringComparison.Ordinal);
    }

    /// <summary>Two precisions with and without motion compensation, one run that was not scored, one that is not finished.</summary>
    private void Fill()
    {
        Add("540p-none-fp32", 10, 26.7, 0.76, 25.5);
        Add("540p-none-bf16", 4, 26.65, 0.759, 25.4);
        Add("540p-compact-fp32", 20, 27.0, 0.77, 25.8);
        Add("540p-compact-bf16", 10, 26.9, 0.769, 25.7);
        _experiment.AddRun("720p-none-bf16", 4);
        _experiment.AddRun("720p-compact-bf16", finished: false);
        _experiment.AddScores("540p-none-fp32", 30, 0.9, 28, "evaluation/sample");
        _experiment.AddPictures("540p-none-fp32");

        void Add(string name, double milliseconds, double psnrDb, double ssim, double exampleDb)
        {
            _experiment.AddRun(name, milliseconds);
            _experiment.AddScores(name, psnrDb, ssim, exampleDb);
        }
    }
}
