using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Vsr.Plots.Results;

/// <summary>Writes docs/results.md: where and how the runs were made, their figures, curves and pictures, and what they mean.</summary>
internal static class ResultsPage
{
    private static readonly string[] ShownSettings =
    [
        "Batch", "CropHeight", "CropWidth", "Frames", "Seed", "Optimizer", "LearningRate", "Schedule", "WarmUpSteps", "WeightDecay", "ClipNorm",
        "Loss", "Padding", "Residual", "Tf32",
    ];

    /// <summary>The page.</summary>
    /// <param name="experiment">The data.</param>
    /// <param name="curves">What is drawn, and the files beside the page in images/.</param>
    /// <param name="panel">The file of the pictures; null where there are none.</param>
    /// <param name="sample">The name of the clip that they are of.</param>
    public static string Write(
        Experiment experiment, IReadOnlyList<(string Title, string File)> curves, string? panel, string? sample)
    {
        StringBuilder page = new();
        page.AppendLine("# Results of the experiment").AppendLine()
            .AppendLine("VSRNet, the network of NVIDIA's DALI example, trained with and without motion compensation in several precisions. This page and")
            .AppendLine("its pictures are written by [`eng/experiment`](training.md#the-experiment) from the runs' own logs; nothing is entered by hand.").AppendLine();
        Heading(page, "What the figures mean");
        foreach (string sentence in Findings.Of(experiment))
        {
            page.AppendLine($"- {sentence}");
        }

        page.AppendLine();
        Heading(page, "Runs");
        page.Append(RunTable.Write(experiment.Runs)).AppendLine().AppendLine(Legend(experiment)).AppendLine();
        Heading(page, "Curves");
        page.AppendLine(CultureInfo.InvariantCulture, $"Validation while training takes the beginning of each clip ({experiment.Description["validation_frames"]} frames at most), so its figures are not those of the table.").AppendLine();
        foreach ((string title, string file) in curves)
        {
            page.AppendLine($"![{title}](images/{file})");
        }

        page.AppendLine();
        if (panel is not null)
        {
            Heading(page, "Pictures");
            page.AppendLine($"A detail of the middle frame scored of `{sample}`, where the picture has the most contrast.{Excluded(experiment)}").AppendLine()
                .AppendLine($"![input, bicubic, outputs, truth](images/{panel})").AppendLine();
            page.Append(RunTable.WriteSample(experiment.Runs)).AppendLine();
        }

        Heading(page, "How it was made");
        WriteMachine(page, experiment);
        return page.ToString().TrimEnd() + "\n";
    }

    private static void Heading(StringBuilder page, string title) => page.AppendLine($"## {title}").AppendLine();

    private static string Excluded(Experiment experiment) => experiment.Description["excluded"]?.GetValue<string>() is { Length: > 0 } names
        ? $" Films left out of the training: those whose names begin with {names.Replace(",", ", ", StringComparison.Ordinal)}."
        : "";

    private static string Legend(Experiment experiment)
    {
        Scores? scores = experiment.Runs.Select(run => run.Validation).FirstOrDefault(found => found is not null);
        string scored = scores is null ? "" : Text($" Validation: {experiment.Description["validation"]}; frames scored: {scores.Frames}, clips: {scores.Clips}.");
        string left = experiment.Unfinished.Count == 0 ? "" : $" Not finished and left out: {string.Join(", ", experiment.Unfinished)}.";
        return "Time a step is from the end of the first block of steps on, data included, validation and saving left out. The loss is the mean of the\n"
            + "last twentieth of the steps. PSNR and SSIM follow the published protocol, \"example\" is the PSNR of the example's own\n"
            + "definition, both of [metrics.md](metrics.md): they must not be compared with each other. \"Bicubic\" is mere enlargement of the same frames. The curve that the\n"
            + $"example itself publishes is comparable with neither: its target is its own input.{scored}{left}";
    }

    private static void WriteMachine(StringBuilder page, Experiment experiment)
    {
        JsonNode machine = experiment.Machine;
        JsonArray? gpus = machine["gpu"]?["devices"]?.AsArray();
        bool isOnGpu = machine["backend"]?["device"]?.GetValue<string>().StartsWith("cuda", StringComparison.Ordinal) == true;
        string device = isOnGpu && gpus is { Count: > 0 } ? $"{gpus[0]!["name"]}, driver {machine["gpu"]!["driver"]}" : "CPU";
        double gib = (machine["system"]?["memoryBytes"]?.GetValue<double>() ?? 0) / (1L << 30);
        JsonNode settings = experiment.Runs[0].Run.Settings;
        string shown = string.Join(", ", ShownSettings.Where(name => settings[name] is not null).Select(name => $"{name} {settings[name]!.ToJsonString().Trim('"')}"));
        page.AppendLine("| | |").AppendLine("|---|---|")
            .AppendLine($"| command | `{experiment.Description["command"]}` |")
            .AppendLine($"| commit | {experiment.Description["commit"]} |")
            .AppendLine($"| device | {device} |")
            .AppendLine(CultureInfo.InvariantCulture, $"| machine | {machine["system"]?["cores"]} processors, {gib:0} GiB, {machine["system"]?["operatingSystem"]} |")
            .AppendLine($"| versions | {machine["system"]?["program"]}, {machine["system"]?["runtime"]}, libtorch {machine["backend"]?["libtorchVersion"]}, FFmpeg {machine["ffmpeg"]?["version"]} |")
            .AppendLine($"| settings | {shown} |");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
