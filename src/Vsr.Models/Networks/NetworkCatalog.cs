namespace Vsr.Models;

/// <summary>The networks by name.</summary>
public static class NetworkCatalog
{
    /// <summary>The name of <see cref="RecurrentVsr"/>.</summary>
    public const string Recurrent = "recurrent";

    /// <summary>The name of <see cref="Vsr.Models.VsrNet"/>.</summary>
    public const string VsrNet = "vsrnet";

    /// <summary>The name of <see cref="CompactFlow"/>.</summary>
    public const string Flow = "flow";

    /// <summary>The name of <see cref="Vsr.Models.FlowNetSD"/>.</summary>
    public const string FlowNetSD = "flownet2-sd";

    /// <summary>All names, in the order in which help lists them.</summary>
    public static IReadOnlyList<string> Names { get; } = [VsrNet, Recurrent, Flow, FlowNetSD];

    /// <summary>Creates a network with fresh weights on the CPU.</summary>
    /// <param name="architecture">One of <see cref="Names"/>.</param>
    /// <param name="settings">Hyper-parameters by name, as in <see cref="Network.Settings"/>; null or missing ones take the defaults.</param>
    /// <returns>The network; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">Unknown architecture, unknown setting, or a value that does not fit.</exception>
    public static Network Create(string architecture, IReadOnlyDictionary<string, string>? settings = null)
    {
        settings ??= new Dictionary<string, string>();
        switch (architecture)
        {
            case Recurrent:
                return new RecurrentVsr(RecurrentOptions.FromSettings(settings));
            case VsrNet:
                return new VsrNet(VsrNetOptions.FromSettings(settings));
            case Flow:
                NetworkSettings.Reader reader = new(architecture, settings);
                CompactFlowOptions flow = CompactFlowOptions.FromSettings(reader);
                reader.Finish();
                return new CompactFlow(flow);
            case FlowNetSD:
                new NetworkSettings.Reader(architecture, settings).Finish();
                return new FlowNetSD();
            default:
                throw new ArgumentException(
                    $"unknown network '{architecture}'; there are {string.Join(", ", Names)}", nameof(architecture));
        }
    }
}
