using Vsr.Data.Preparation;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Cancels a preparation once a step has done so many frames.</summary>
internal sealed class StopAt(string step, int frames, CancellationTokenSource stop) : IPreparationObserver
{
    public void Report(PreparationProgress progress)
    {
        if (progress.Step == step && progress.Frames >= frames)
        {
            stop.Cancel();
        }
    }

    public void Note(string line)
    {
    }
}
