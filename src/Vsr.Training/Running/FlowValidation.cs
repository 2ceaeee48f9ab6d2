using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Training.Evaluation;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>Scores the averaged weights of a flow network on pairs with known flow while training goes on.</summary>
internal sealed class FlowValidation
{
    private readonly FlowPair[] _pairs;

    private FlowValidation(FlowPair[] pairs) => _pairs = pairs;

    /// <summary>Reads the pairs of the validation folder; null when there is none, or nothing is to be validated.</summary>
    /// <exception cref="VsrException">The folder is missing or holds no pairs, or one of them cannot be read.</exception>
    public static FlowValidation? Read(TrainingOptions options, ITrainingObserver observer)
    {
        if (options.Val is null)
        {
            if (options.ValidateEvery > 0)
            {
                observer.Warning("there are no pairs with known flow: --validate-every is ignored (add --val DIR)");
            }

            return null;
        }

        FlowPair[] pairs = [.. FlowPairFolder.Find(options.Val).Select(FlowPairFolder.Read)];
        if (options.ValidateEvery == 0)
        {
            observer.Warning("--val has no effect without --validate-every N");
            return null;
        }

        return new FlowValidation(pairs);
    }

    /// <summary>Scores a weights file.</summary>
    /// <returns>val_epe and val_zero_epe in pixels.</returns>
    public JsonObject Score(long step, string weights, Device device, ITrainingObserver observer)
    {
        using FlowNetwork network = NetworkWeights.LoadFlow(weights);
        network.to(device);
        FlowEvaluator evaluator = new(network, device);
        FlowEvaluationResult result = new([.. _pairs.Select(pair => FlowEvaluator.Score(pair, evaluator.Estimate(pair)))]);
        observer.Message(FormattableString.Invariant(
            $"step {step}: validation end-point error {result.Epe:F3} pixels (zero flow {result.ZeroEpe:F3})"));
        return new JsonObject { ["val_epe"] = result.Epe, ["val_zero_epe"] = result.ZeroEpe };
    }
}
