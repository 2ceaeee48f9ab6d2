namespace Vsr.Training.Tests;

/// <summary>Keeps what a run reports; can act on it.</summary>
internal sealed class RecordingObserver(Action<TrainingProgress>? onProgress = null) : ITrainingObserver
{
    public List<string> Messages { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<TrainingProgress> Reports { get; } = [];

    public void Message(string line) => Messages.Add(line);

    public void Warning(string line) => Warnings.Add(line);

    public void Progress(TrainingProgress progress)
    {
        Reports.Add(progress);
        onProgress?.Invoke(progress);
    }
}
