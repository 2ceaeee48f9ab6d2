using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vsr.Training.Logging;

/// <summary>A run's metrics.jsonl: one JSON object a line, each with the number of steps made, the loss of every step among them.</summary>
/// <remarks>
/// A step's line is <c>{"step": 17, "loss": 0.0123, "learning_rate": 0.0004}</c>, some with "data_ms", the milliseconds that a step since
/// the line before with it waited for data, and "trained_s", the seconds of training until then; other lines carry other keys (val_psnr_db).
/// Numbers are written so that reading them gives the same bits back. Not thread-safe.
/// </remarks>
public sealed class MetricsLog : IDisposable
{
    private readonly FileStream _file;
    private readonly StringBuilder _pending = new();

    private MetricsLog(FileStream file) => _file = file;

    /// <summary>Starts an empty log, replacing what was there.</summary>
    public static MetricsLog Create(string path) =>
        new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));

    /// <summary>Goes on with a log: lines of steps after <paramref name="step"/>, and a line cut short by a kill, are removed first.</summary>
    public static MetricsLog Resume(string path, long step)
    {
        if (File.Exists(path))
        {
            string temporary = path + ".tmp";
            File.WriteAllLines(temporary, File.ReadLines(path).Where(line => StepOf(line) <= step));
            File.Move(temporary, path, overwrite: true);
        }

        return new MetricsLog(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read));
    }

    /// <summary>Adds the loss of one step.</summary>
    /// <param name="step">Steps made, this one included.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="learningRate">Its learning rate.</param>
    /// <param name="dataMs">Mean milliseconds that the last steps waited for data; null where that is not known.</param>
    /// <param name="trainedSeconds">Seconds of training in all, without validation and saving; null where that is not known.</param>
    public void Step(long step, float loss, double learningRate, double? dataMs = null, double? trainedSeconds = null)
    {
        JsonObject line = new() { ["step"] = step, ["loss"] = loss, ["learning_rate"] = learningRate };
        if (dataMs is not null)
        {
            line["data_ms"] = Math.Round(dataMs.Value, 4);
        }

        if (trainedSeconds is not null)
        {
            line["trained_s"] = Math.Round(trainedSeconds.Value, 3);
        }

        Append(line);
    }

    /// <summary>Adds a line of figures after a step.</summary>
    public void Append(JsonObject line) => _pending.Append(line.ToJsonString()).Append('\n');

    /// <summary>Writes what was added; with <paramref name="toDisk"/> down to the disk, so that it survives a power failure.</summary>
    public void Flush(bool toDisk = false)
    {
        _file.Write(Encoding.UTF8.GetBytes(_pending.ToString()));
        _pending.Clear();
        _file.Flush(toDisk);
    }

    /// <summary>Flushes and closes the file.</summary>
    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    /// <summary>The step of a line; a line that is no whole JSON object counts as later than any.</summary>
    private static long StepOf(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject values && values["step"] is JsonValue step ? step.GetValue<long>() : long.MaxValue;
        }
        catch (JsonException)
        {
            return long.MaxValue;
        }
    }
}
