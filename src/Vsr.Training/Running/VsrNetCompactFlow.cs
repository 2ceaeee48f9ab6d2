using Vsr.Models;
using Vsr.Training.Checkpoints;

namespace Vsr.Training.Running;

/// <summary>The compact flow network that VSRNet's frames are aligned by: where its weights come from, and how large it is.</summary>
internal static class VsrNetCompactFlow
{
    /// <summary>Loads the given weights, else the shipped ones; the network's size is what the file says. The caller disposes it.</summary>
    /// <exception cref="VsrException">None are shipped, or the file is damaged or holds another network.</exception>
    public static CompactFlow Load(TrainingOptions options)
    {
        string path = options.FlowWeights ?? ShippedWeights.FindFlow() ?? throw new VsrException("flow compact needs weights, and none are shipped")
        {
            Hint = "train some with 'vsr train --network flow' and give them with --flownet_path, or take --flow none",
        };
        FlowNetwork network = NetworkWeights.LoadFlow(path);
        if (network is CompactFlow compact)
        {
            return compact;
        }

        network.Dispose();
        throw new WeightsException(path, $"holds weights of '{network.Architecture}', but flow compact takes those of '{NetworkCatalog.Flow}'")
        {
            Hint = $"add --flow {network.Architecture}",
        };
    }

    /// <summary>The size of the compact flow network in a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint's folder.</param>
    /// <exception cref="WeightsException">The checkpoint's weights cannot be read.</exception>
    public static CompactFlowOptions OptionsOf(string checkpoint)
    {
        IReadOnlyDictionary<string, string> metadata = SafetensorsFile.ReadMetadata(Checkpoint.WeightsOf(checkpoint));
        return VsrNetOptions.FromSettings(NetworkWeights.SettingsOf(metadata)).CompactFlow;
    }
}
