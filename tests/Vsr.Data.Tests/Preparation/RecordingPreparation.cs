using Vsr.Data.Preparation;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Keeps what a preparation tells.</summary>
internal sealed class RecordingPreparation : IPreparationObserver
{
    public List<PreparationProgress> Progress { get; } = [];

    public List<string> Notes { get; } = [];

    public void Report(PreparationProgress progress) => Progress.Add(progress);

    public void Note(string line) => Notes.Add(line);
}
