using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Training.Evaluation;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Cli.Commands;

/// <summary>vsr evaluate --network flow: the end-point error of a flow network on pairs with known flow, zero flow's beside it.</summary>
/// <param name="Root">The folder of pairs.</param>
/// <param name="Weights">The weights' file; null takes the shipped ones.</param>
/// <param name="Precision">"fp32" or "bf16".</param>
/// <param name="Preview">A folder for pictures of the flows; null draws none.</param>
/// <param name="Json">Prints JSON instead of a table.</param>
internal sealed record FlowEvaluation(string Root, string? Weights, string Precision, string? Preview, bool Json)
{
    /// <summary>Checks what the command line alone shows.</summary>
    /// <exception cref="ArgumentException">A value that does not exist, or a preview folder that is a file.</exception>
    public void Validate()
    {
        if (Precision is not ("fp32" or "bf16"))
        {
            throw new ArgumentException($"--precision '{Precision}' is unknown; use fp32 or bf16");
        }

        OutputFolder.RequireNoFile("--preview", Preview);
    }

    /// <summary>Scores every pair; those that cannot be read are warnings and make it exit code 1.</summary>
    public int Run(BackendOptions backendOptions, CancellationToken cancellation)
    {
        IReadOnlyList<FlowPairFiles> pairs = FlowPairFolder.Find(Root);
        string weights = Weights ?? ShippedWeights.FindFlow() ?? throw new VsrException("no weights are shipped for the flow network")
        {
            Hint = "give a file with --weights; 'vsr train --network flow' makes one",
        };
        OutputFolder.Create(Preview);
        Backend backend = Backend.Load(backendOptions);
        using FlowNetwork network = Load(weights, backend.Device);
        FlowEvaluator evaluator = new(network, backend.Device);
        FlowReport report = new(Json, Path.GetFileName(weights), pairs);
        foreach (FlowPairFiles files in pairs)
        {
            cancellation.ThrowIfCancellationRequested();
            Score(files, evaluator, report);
        }

        report.Finish();
        return report.HasFailures ? ExitCode.Failure : ExitCode.Success;
    }

    private void Score(FlowPairFiles files, FlowEvaluator evaluator, FlowReport report)
    {
        FlowPair pair;
        FlowField estimate;
        try
        {
            pair = FlowPairFolder.Read(files);
            estimate = evaluator.Estimate(pair);
            report.Add(FlowEvaluator.Score(pair, estimate));
        }
        catch (Exception failure) when (failure is VsrException and not BackendException)
        {
            report.Warn(files.Name, failure);
            return;
        }

        if (Preview is not null)
        {
            Draw(pair, estimate);
        }
    }

    private FlowNetwork Load(string weights, Device device)
    {
        FlowNetwork network = NetworkWeights.LoadFlow(weights);
        network.to(device);
        if (Precision == "bf16")
        {
            network.SetPrecision(ScalarType.BFloat16);
            network.SetChannelsLast();
        }

        return network;
    }

    /// <summary>Both flows on the scale of the true one, so that their colours can be compared.</summary>
    private void Draw(FlowPair pair, FlowField estimate)
    {
        double longest = pair.Truth.LongestPixels();
        double? scale = longest > 0 ? longest : null;
        PictureFile.Write(Path.Combine(Preview!, $"{pair.Name}-flow.png"), FlowColors.Draw(estimate, scale));
        PictureFile.Write(Path.Combine(Preview!, $"{pair.Name}-gt.png"), FlowColors.Draw(pair.Truth, scale));
    }
}
