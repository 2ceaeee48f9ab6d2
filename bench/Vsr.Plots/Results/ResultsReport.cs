namespace Vsr.Plots.Results;

/// <summary>Makes the page of an experiment, with its pictures beside it in images/.</summary>
internal static class ResultsReport
{
    private const string Panel = "results-pictures.png";
    private static readonly string[] PanelPrecisions = ["fp32", "bf16", "fp16"];

    /// <summary>Writes FOLDER/results.md and FOLDER/images/results-*.png, and prints their names. Pictures of an earlier report are removed.</summary>
    /// <exception cref="ReportException">The experiment's folder is not what is needed.</exception>
    public static void Write(string work, string folder)
    {
        Experiment experiment = Experiment.Read(work);
        string images = Path.Combine(folder, "images");
        Directory.CreateDirectory(images);
        foreach (string old in Directory.GetFiles(images, "results-*.png"))
        {
            File.Delete(old);
        }

        List<(string Title, string File)> curves = [];
        foreach (string resolution in experiment.Resolutions)
        {
            curves.AddRange(CurvePlots.Write(
                resolution, [.. experiment.Runs.Select(scored => scored.Run).Where(run => run.Resolution == resolution)], images));
        }

        string? sample = WritePanel(experiment, Path.Combine(images, Panel));
        string page = Path.Combine(folder, "results.md");
        File.WriteAllText(page, ResultsPage.Write(experiment, curves, sample is null ? null : Panel, sample));
        foreach (string file in curves.Select(curve => curve.File).Concat(sample is null ? [] : [Panel]))
        {
            Console.WriteLine(Path.Combine(images, file));
        }

        Console.WriteLine(page);
    }

    /// <summary>Draws the pictures of one run a kind of flow, at the first resolution that has some.</summary>
    /// <returns>The clip's name; null where there are no pictures.</returns>
    private static string? WritePanel(Experiment experiment, string path)
    {
        string FolderOf(TrainedRun run) => Path.Combine(experiment.Folder, "pictures", run.Name);
        TrainedRun[] pictured = [.. experiment.Runs.Select(scored => scored.Run).Where(run => Directory.Exists(FolderOf(run)))];
        if (pictured.Length == 0)
        {
            return null;
        }

        TrainedRun[] shown = [.. pictured.Where(run => run.Resolution == pictured[0].Resolution).GroupBy(run => run.Flow)
            .Select(runs => runs.MinBy(run => Array.IndexOf(PanelPrecisions, run.Precision))!)];
        string first = FolderOf(shown[0]);
        const string suffix = "-truth.png";
        string truth = Directory.GetFiles(first, "*" + suffix).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new ReportException($"{first} has no NAME{suffix}");
        string clip = Path.GetFileName(truth)[..^suffix.Length];
        PicturePanel.Write(
            [
                ("input", Path.Combine(first, $"{clip}-input.png")),
                ("bicubic", Path.Combine(first, $"{clip}-bicubic.png")),
                .. shown.Select(run => ($"{run.Flow}, {run.Precision}", Path.Combine(FolderOf(run), $"{clip}-output.png"))),
                ("truth", truth),
            ],
            path);
        return clip;
    }
}
