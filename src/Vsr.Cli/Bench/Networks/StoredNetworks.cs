using Vsr.Models;

namespace Vsr.Cli.Bench.Networks;

/// <summary>Frames of another framework that were measured once, elsewhere; they stand beside measured rows and are marked as stored.</summary>
/// <remarks>The recurrent network with its warps in PyTorch 2.11: bf16, channels last, one CUDA graph.</remarks>
internal static class StoredNetworks
{
    private const string Note = "flow, warps, network, bicubic enlargement and rounding to 8-bit RGB on the device; random pixels";

    public static IReadOnlyList<NetworkRow> All { get; } =
    [
        Of(13.0, "NVIDIA H200, driver 580, PyTorch 2.11+cu130"),
        Of(14.9, "NVIDIA H100 80GB HBM3, driver 580, PyTorch 2.11+cu130"),
    ];

    /// <summary>A figure of another program from this machine, at a size and in a precision of this run.</summary>
    public static NetworkRow Peer(string name, double milliseconds, NetworkRow beside) => new()
    {
        Model = name,
        Architecture = beside.Architecture,
        Device = beside.Device,
        Precision = beside.Precision,
        Size = beside.Size,
        Scale = beside.Scale,
        NetworkOnly = true,
        Stored = true,
        Ms = milliseconds,
        Fps = Math.Round(1000 / milliseconds, 2),
        Machine = beside.Machine,
        Note = "another program's figure, given with --peer",
    };

    private static NetworkRow Of(double milliseconds, string machine) => new()
    {
        Model = "recurrent 128x10 in PyTorch",
        Architecture = NetworkCatalog.Recurrent,
        Device = "cuda",
        Precision = "bf16",
        Size = "960x540",
        Scale = 4,
        Graph = true,
        NetworkOnly = true,
        Stored = true,
        Ms = milliseconds,
        Fps = Math.Round(1000 / milliseconds, 2),
        Machine = machine,
        Note = Note,
    };
}
