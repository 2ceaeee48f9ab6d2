using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>Builds the network that the settings ask for, with fresh weights from the seed or with given ones.</summary>
internal static class TrainingNetwork
{
    /// <param name="options">The run's settings, defaults filled in.</param>
    /// <param name="hasCheckpoint">Whether a checkpoint will be read, which holds all weights: given files are not read again then.</param>
    /// <exception cref="WeightsException">Given weights are damaged or do not fit: their keys are listed.</exception>
    public static Network Create(TrainingOptions options, bool hasCheckpoint = false)
    {
        random.manual_seed((long)(options.Seed & long.MaxValue));
        Network network = options.Network switch
        {
            NetworkCatalog.VsrNet => new VsrNet(new VsrNetOptions
            {
                Frames = options.Frames!.Value,
                Padding = options.Padding == "replicate" ? VsrNetPadding.Replicate : VsrNetPadding.Zero,
                Residual = options.Residual,
                Flow = options.Flow switch
                {
                    "compact" => VsrNetFlow.Compact,
                    "flownet2-sd" => VsrNetFlow.FlowNetSD,
                    _ => VsrNetFlow.None,
                },
            }),
            NetworkCatalog.Flow => new CompactFlow(),
            _ => new RecurrentVsr(new RecurrentOptions
            {
                Channels = options.Channels,
                Blocks = options.Blocks,
                LookAhead = options.LookAhead,
                UseFlow = options.Flow != "none",
            }),
        };
        try
        {
            if (!hasCheckpoint)
            {
                LoadGiven(options, network);
            }
        }
        catch
        {
            network.Dispose();
            throw;
        }

        network.train();
        (network as VsrNet)?.Flow?.eval();
        return network;
    }

    /// <summary>One line: which network, how large, in which precision, where, and which motion compensation.</summary>
    public static string Describe(Network network, TrainingOptions options, Device device)
    {
        string flow = network switch
        {
            VsrNet { Flow: null } when options.FlowWeights is null => ", flow none (no weights for a flow were given)",
            VsrNet or RecurrentVsr => $", flow {options.Flow}",
            _ => "",
        };
        return $"network {network.Architecture}, {network.CountParameters()} parameters{flow}, {options.Precision} on {device}";
    }

    private static void LoadGiven(TrainingOptions options, Network network)
    {
        if (network is VsrNet { Flow: { } flow })
        {
            NetworkWeights.LoadInto(flow, options.FlowWeights!);
        }

        if (options.Init is { } path)
        {
            NetworkWeights.LoadInto(network, path);
        }
    }
}
