using System.Globalization;
using System.Text.Json.Nodes;

namespace Vsr.Plots.Results;

/// <summary>A finished run with what it scores.</summary>
/// <param name="Run">The run.</param>
/// <param name="Validation">On the validation clips; null where it was not scored.</param>
/// <param name="Sample">On the sample clip, likewise.</param>
internal sealed record ScoredRun(TrainedRun Run, Scores? Validation, Scores? Sample);

/// <summary>What eng/experiment left in its folder WORK.</summary>
internal sealed record Experiment
{
    private static readonly string[] PrecisionOrder = ["fp32", "fp16", "bf16"];

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The finished runs, small sizes first, without motion compensation first.</summary>
    public required IReadOnlyList<ScoredRun> Runs { get; init; }

    /// <summary>Names of the runs that are not finished.</summary>
    public required IReadOnlyList<string> Unfinished { get; init; }

    /// <summary>experiment.json: command, commit, validation, validation_frames, excluded, small.</summary>
    public required JsonNode Description { get; init; }

    /// <summary>machine.json: `vsr doctor --json` where the runs were trained.</summary>
    public required JsonNode Machine { get; init; }

    /// <summary>The resolutions, small ones first.</summary>
    public IEnumerable<string> Resolutions => Runs.Select(scored => scored.Run.Resolution).Distinct();

    /// <summary>Reads the folder.</summary>
    /// <exception cref="ReportException">There is no finished run in it, or a file is missing or damaged.</exception>
    public static Experiment Read(string folder)
    {
        string runs = Path.Combine(folder, "runs");
        string[] folders = Directory.Exists(runs) ? Directory.GetDirectories(runs) : [];
        string[] finished = [.. folders.Where(run => File.Exists(Path.Combine(run, "finished")))];
        if (finished.Length == 0)
        {
            throw new ReportException($"there is no finished run in {runs}; eng/experiment DATA {folder} makes some");
        }

        return new Experiment
        {
            Folder = folder,
            Runs = [.. finished.Select(run => Read(folder, run)).OrderBy(scored => LinesOf(scored.Run.Resolution))
                .ThenByDescending(scored => scored.Run.Flow == "none").ThenBy(scored => scored.Run.Flow, StringComparer.Ordinal)
                .ThenBy(scored => Array.IndexOf(PrecisionOrder, scored.Run.Precision))],
            Unfinished = [.. folders.Except(finished).Select(run => Path.GetFileName(run)).Order(StringComparer.Ordinal)],
            Description = JsonFiles.Read(Path.Combine(folder, "experiment.json")),
            Machine = JsonFiles.Read(Path.Combine(folder, "machine.json")),
        };
    }

    private static ScoredRun Read(string folder, string run)
    {
        string file = Path.GetFileName(run) + ".json";
        return new ScoredRun(
            TrainedRun.Read(run), Scores.Read(Path.Combine(folder, "evaluation", file)), Scores.Read(Path.Combine(folder, "evaluation", "sample", file)));
    }

    private static int LinesOf(string resolution) => resolution is "4K" or "4k" ? 2160
        : int.TryParse(resolution.TrimEnd('p'), NumberStyles.None, CultureInfo.InvariantCulture, out int lines) ? lines : int.MaxValue;
}
