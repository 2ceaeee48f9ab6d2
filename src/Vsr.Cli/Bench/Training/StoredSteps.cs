namespace Vsr.Cli.Bench.Training;

/// <summary>Steps of another framework that were measured once, elsewhere; they stand beside measured rows and are marked as stored.</summary>
/// <remarks>The repaired VSRNet with FlowNet2-SD, frozen, in PyTorch 2.11: autocast over float32 weights, channels last, Adam.</remarks>
internal static class StoredSteps
{
    private const string Machine = "NVIDIA H200, driver 580, PyTorch 2.11+cu130";

    public static IReadOnlyList<TrainRow> All { get; } =
    [
        Of("bf16", 3, 30.5, "autocast, channels last"),
        Of("bf16", 3, 26.7, "autocast, channels last, torch.compile"),
        Of("bf16", 7, 64.4, "autocast, channels last"),
        Of("bf16", 7, 54.2, "autocast, channels last, torch.compile"),
        Of("fp16", 3, 36.8, "autocast"),
        Of("fp16", 7, 79.6, "autocast"),
        Of("fp32", 3, 107.1, "TF32 off"),
        Of("fp32", 7, 225.3, "TF32 off"),
        Of("tf32", 3, 49.1, "TF32 on"),
        Of("tf32", 7, 108.7, "TF32 on"),
    ];

    private static TrainRow Of(string precision, int batch, double milliseconds, string note) => new()
    {
        Network = "vsrnet in PyTorch",
        Flow = "flownet2-sd",
        Precision = precision,
        Stored = true,
        Batch = batch,
        Frames = 3,
        Crop = "512x960",
        WallMs = milliseconds,
        Machine = Machine,
        Note = note,
    };
}
