using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>Builds the network that the settings ask for, with fresh weights from the seed or with given ones.</summary>
internal static class TrainingNetwork
{
    /// <param name="options">The run's settings, defaults filled in.</param>
    /// <param name="checkpoint">The folder of a checkpoint that will be read, which holds all weights: given files are not read again then.</param>
    /// <exception cref="WeightsException">Given weights are damaged or do not fit: their keys are listed.</exception>
    public static Network Create(TrainingOptions options, string? checkpoint = null)
    {
        bool isCompact = options is { Network: NetworkCatalog.VsrNet, Flow: "compact" };
        using CompactFlow? given = isCompact && checkpoint is null ? VsrNetCompactFlow.Load(options) : null;
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
                CompactFlow = given?.Options ?? (isCompact ? VsrNetCompactFlow.OptionsOf(checkpoint!) : new()),
            }),
            NetworkCatalog.Flow => CreateFlow(),
            _ => new RecurrentVsr(new RecurrentOptions
            {
                Channels = options.Channels,
                Blocks = options.Blocks,
                LookAhead = options.LookAhead,
                UseFlow = options.Flow != "none",
                Scale = options.Scale,
                CarryOutput = options.Carry != "none",
                WarpOutput = options.Carry == "picture",
                TwoDirections = options.TwoDirections,
                FlowChannels = options.FlowChannels,
                FlowLevels = options.FlowLevels,
                FlowReduction = options.FlowReduction,
            }),
        };
        try
        {
            if (checkpoint is null)
            {
                LoadGiven(options, network, given);
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
    /// <param name="network">The network.</param>
    /// <param name="options">The run's settings.</param>
    /// <param name="device">Where it trains.</param>
    /// <param name="resumed">Whether its weights come from a checkpoint: it does not start from given ones then.</param>
    public static string Describe(Network network, TrainingOptions options, Device device, bool resumed = false)
    {
        string flow = network switch
        {
            VsrNet { Flow: CompactFlow } when options.FlowWeights is null => ", flow compact (with the shipped weights)",
            VsrNet { Flow: null } when options.FlowWeights is null => ", flow none (no weights for a flow were given)",
            VsrNet or RecurrentVsr => $", flow {options.Flow}",
            _ => "",
        };
        string start = !resumed && options.Init is { } path ? $", starting from {Path.GetFileName(path)}" : "";
        return $"network {network.Architecture}, {network.CountParameters()} parameters{flow}{start}, {options.Precision} on {device}";
    }

    private static CompactFlow CreateFlow()
    {
        CompactFlow flow = new(CompactFlowOptions.LargeMotion);
        flow.DrawWeights();
        return flow;
    }

    private static void LoadGiven(TrainingOptions options, Network network, CompactFlow? given)
    {
        if (network is VsrNet { Flow: { } flow })
        {
            if (given is not null)
            {
                flow.CopyWeightsFrom(given);
            }
            else
            {
                NetworkWeights.LoadInto(flow, options.FlowWeights!);
            }
        }

        if (options.Init is { } path && !(network is RecurrentVsr recurrent && StartFromFile(recurrent, path)))
        {
            NetworkWeights.LoadInto(network, path);
        }
    }

    // From the weights of a related network; false where the file does not say whose they are.
    private static bool StartFromFile(RecurrentVsr network, string path)
    {
        if (!NetworkWeights.Describes(path, network.Architecture))
        {
            return false;
        }

        using RecurrentVsr source = (RecurrentVsr)NetworkWeights.Load(path);
        if (network.DifferencesFrom(source.Options) is { Count: > 0 } differences)
        {
            throw new WeightsException(path, $"is a recurrent network of other settings: {string.Join("; ", differences)}")
            {
                Hint = "give those settings, or start from other weights; scale, carry and two-directions may differ",
            };
        }

        network.StartFrom(source);
        return true;
    }
}
