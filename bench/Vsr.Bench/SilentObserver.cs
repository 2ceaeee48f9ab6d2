using Vsr.Training;

namespace Vsr.Bench;

/// <summary>Keeps the trainer's last message.</summary>
internal sealed class SilentObserver : ITrainingObserver
{
    public string? LastMessage { get; private set; }

    public void Message(string line) => LastMessage = line;

    public void Warning(string line) => LastMessage = line;

    public void Progress(TrainingProgress progress)
    {
    }
}
