namespace Vsr.Training;

/// <summary>Hears how a training run goes, on the training thread.</summary>
public interface ITrainingObserver
{
    /// <summary>A line about the run: what it uses, what it has done, how long it took.</summary>
    void Message(string line);

    /// <summary>Something that went wrong but did not end the run.</summary>
    void Warning(string line);

    /// <summary>How far the run has come; after every block of steps.</summary>
    void Progress(TrainingProgress progress);
}
