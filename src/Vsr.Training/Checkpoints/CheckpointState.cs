using System.Text.Json;
using System.Text.Json.Nodes;
using Vsr.Models;

namespace Vsr.Training.Checkpoints;

/// <summary>The part of a checkpoint that is no tensor: state.json.</summary>
internal sealed record CheckpointState
{
    public const int CurrentFormat = 1;

    private const string FileName = "state.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public int Format { get; init; } = CurrentFormat;

    /// <summary>Steps made: the run goes on with the next one.</summary>
    public required long Step { get; init; }

    /// <summary>Training time spent, over all sessions.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Updates the optimizer has made: the exponent of its bias correction.</summary>
    public required long OptimizerStep { get; init; }

    /// <summary>The loss scale of float16 training; null without.</summary>
    public LossScaleState? LossScale { get; init; }

    /// <summary>All settings, defaults filled in; schedule and budget follow from them, the step and the time.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Where the source of batches stands.</summary>
    public required JsonObject Source { get; init; }

    public void Write(string folder)
    {
        using FileStream file = new(Path.Combine(folder, FileName), FileMode.Create, FileAccess.Write);
        JsonSerializer.Serialize(file, this, Json);
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="CheckpointException">The file is missing, damaged or of another format version.</exception>
    public static CheckpointState Read(string folder)
    {
        try
        {
            using FileStream file = File.OpenRead(Path.Combine(folder, FileName));
            CheckpointState state = JsonSerializer.Deserialize<CheckpointState>(file, Json)!;
            return state.Format == CurrentFormat
                ? state
                : throw new CheckpointException(folder, $"has format {state.Format}; this program reads {CurrentFormat}");
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(folder, $"cannot be read ({failure.Message})", failure);
        }
    }
}
