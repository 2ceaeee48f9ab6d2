using System.Text.Json.Nodes;

namespace Vsr.Plots.Results;

/// <summary>A validation while a run was trained: what the averaged weights score after some steps.</summary>
internal sealed record ValidationPoint(long Step, double Seconds, double PsnrDb, double BicubicPsnrDb);

/// <summary>A run's folder RESOLUTION-FLOW-PRECISION: its settings, and the curves of its metrics.jsonl.</summary>
internal sealed record TrainedRun
{
    private const int SharesOfTheEnd = 20;

    /// <summary>The folder's name, as in "540p-compact-bf16".</summary>
    public required string Name { get; init; }

    /// <summary>The run's settings.json.</summary>
    public required JsonNode Settings { get; init; }

    /// <summary>The loss of every step, the first being step 1.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>Seconds of training until after a step, where they are known: at the end of every block of steps.</summary>
    public required IReadOnlyList<(long Step, double Seconds)> Times { get; init; }

    /// <summary>The validations, in order.</summary>
    public required IReadOnlyList<ValidationPoint> Validations { get; init; }

    public string Resolution => Name.Split('-')[0];

    public string Flow => Name.Split('-')[1];

    public string Precision => Name.Split('-')[2];

    /// <summary>The mean loss of the last twentieth of the steps.</summary>
    public double FinalLoss => Losses.TakeLast(Math.Max(1, Losses.Count / SharesOfTheEnd)).Average();

    /// <summary>Seconds of training in all.</summary>
    public double Seconds => Times.Count == 0 ? double.NaN : Times[^1].Seconds;

    /// <summary>Milliseconds a step, from the end of the first block on: before it the device warms up.</summary>
    public double MillisecondsPerStep => Times.Count switch
    {
        0 => double.NaN,
        1 => 1000 * Times[0].Seconds / Times[0].Step,
        _ => 1000 * (Times[^1].Seconds - Times[0].Seconds) / (Times[^1].Step - Times[0].Step),
    };

    /// <summary>Reads a run's folder.</summary>
    /// <exception cref="ReportException">A file is missing or damaged.</exception>
    public static TrainedRun Read(string folder)
    {
        string name = Path.GetFileName(folder);
        if (name.Split('-').Length != 3)
        {
            throw new ReportException($"{folder} is no folder RESOLUTION-FLOW-PRECISION");
        }

        List<double> losses = [];
        List<(long, double)> times = [];
        List<ValidationPoint> validations = [];
        double seconds = double.NaN;
        foreach (JsonNode line in JsonFiles.ReadLines(Path.Combine(folder, "metrics.jsonl")))
        {
            long step = line["step"]!.GetValue<long>();
            if (line["loss"] is { } loss)
            {
                losses.Add(loss.GetValue<double>());
            }

            if (line["trained_s"] is { } trained)
            {
                seconds = trained.GetValue<double>();
                times.Add((step, seconds));
            }

            if (line["val_psnr_db"] is { } psnr)
            {
                validations.Add(new(step, seconds, psnr.GetValue<double>(), line["val_bicubic_psnr_db"]!.GetValue<double>()));
            }
        }

        return new TrainedRun
        {
            Name = name,
            Settings = JsonFiles.Read(Path.Combine(folder, "settings.json")),
            Losses = losses.Count > 0 ? losses : throw new ReportException($"{folder}/metrics.jsonl has no step"),
            Times = times,
            Validations = validations,
        };
    }
}
