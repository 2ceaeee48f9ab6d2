namespace Vsr.Cli.Bench;

/// <summary>Figures of other loaders that were measured once, elsewhere; they stand beside measured rows and are marked as stored.</summary>
/// <remarks>
/// Batches of 3-frame sequences in random order with random crops, float32 [N, C, F, H, W] on the GPU, from five clips of 1415 frames
/// (01_dog to 05_default_juggle of facebookresearch/sam2's demo gallery, <c>libx264 -g 4 -profile:v high -crf 18</c>), and the
/// table published with NVIDIA's super-resolution example.
/// </remarks>
internal static class StoredRows
{
    private const string Machine = "NVIDIA H200, driver 580, PyTorch 2.11+cu130, 16 CPU cores";
    private const string Published = "DGX-1 (Tesla V100), as published with DALI's super-resolution example";
    private const long Mib = 1 << 20;

    public static IReadOnlyList<LoaderRow> All { get; } =
    [
        .. Dali("540x960", 3, "720p", 61, unloaded: (20.7, 435), data: 0.69, cpu: (3.6, 4.5), rss: 853),
        Dali("540x960", 3, "720p", 61) with { ComputeMs = 0, DeliveredFps = 2514, MsIter = 3.58, Note = "DALI 2.4.0 readers.video, ten pipelines side by side in one process" },
        .. Dali("512x960", 8, "720p", 61, unloaded: (53.4, 450), data: 1.52, cpu: (8.0, 8.0), rss: 859),
        .. Dali("512x960", 7, "540p", 36, unloaded: (30.1, 698), data: 1.03, cpu: (5.3, 6.0), rss: 860),
        .. Dali("540x960", 3, "720p", 61, unloaded: (36.3, 248), data: 1.10, cpu: (23.5, 23.5), rss: 880, reader: "experimental.readers.video"),
        .. Pictures("540x960", 3, unloaded: (24.2, 371), data: 2.26, cpu: 640),
        .. Pictures("512x960", 8, unloaded: (62.8, 382), data: 16.96, cpu: null),
        Dali("540x960", 3, "720p", null) with { DataMs = 0.28, Machine = Published, Note = "while training; DALI and NVVL alike, batch 3 to 4" },
        Picture("540x960", 3, null) with { DataMs = 2.66, Machine = Published, Note = "while training, batch 3 to 4; its samples of a batch are all the same" },
    ];

    private static LoaderRow Dali(string crop, int batch, string resolution, int? mib) => new()
    {
        Loader = "dali",
        Decoder = "nvdec",
        Stored = true,
        Resolution = resolution,
        Crop = crop,
        Batch = batch,
        Frames = 3,
        DiskBytes = mib * Mib,
        Machine = Machine,
    };

    private static LoaderRow Picture(string crop, int batch, int? mib) =>
        Dali(crop, batch, "720p", mib) with { Loader = "png-pytorch", Decoder = "software" };

    private static LoaderRow[] Dali(
        string crop, int batch, string resolution, int mib, (double MsIter, double Fps) unloaded, double data,
        (double Least, double Most) cpu, double rss, string reader = "readers.video")
    {
        string range = cpu.Most > cpu.Least ? FormattableString.Invariant($", CPU {cpu.Least:0.0} to {cpu.Most:0.0} ms a step") : "";
        string note = $"DALI 2.4.0 {reader}{range}";
        LoaderRow row = Dali(crop, batch, resolution, mib) with { HostRssMib = rss, CpuMs = cpu.Least, Note = note };
        return Both(row, unloaded, data);
    }

    private static LoaderRow[] Pictures(string crop, int batch, (double MsIter, double Fps) unloaded, double data, double? cpu)
    {
        LoaderRow row = Picture(crop, batch, 1682) with { CpuMs = cpu, Note = "PyTorch DataLoader, 10 workers" };
        return Both(row, unloaded, data);
    }

    private static LoaderRow[] Both(LoaderRow row, (double MsIter, double Fps) unloaded, double data) =>
    [
        row with { ComputeMs = 0, MsIter = unloaded.MsIter, DeliveredFps = unloaded.Fps },
        row with { ComputeMs = 100, DataMs = data },
    ];
}
