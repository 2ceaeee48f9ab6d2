namespace Vsr.Cli.Bench;

/// <summary>One row of the table; null where a figure is not known. Times are milliseconds a step (a batch).</summary>
internal sealed record LoaderRow
{
    /// <summary>video, software or png; other names in stored rows.</summary>
    public required string Loader { get; init; }

    /// <summary>nvdec or software.</summary>
    public string? Decoder { get; init; }

    /// <summary>Whether decoded frames are kept beyond the batches in flight.</summary>
    public bool Cached { get; init; }

    /// <summary>Whether the figures are from elsewhere and were not measured by this run.</summary>
    public bool Stored { get; init; }

    /// <summary>Computing after each batch.</summary>
    public double? ComputeMs { get; init; }

    /// <summary>The clips' size, such as 720p.</summary>
    public required string Resolution { get; init; }

    /// <summary>Height x width.</summary>
    public required string Crop { get; init; }

    /// <summary>Sequences a batch.</summary>
    public required int Batch { get; init; }

    /// <summary>Frames a sequence.</summary>
    public required int Frames { get; init; }

    /// <summary>Bytes of the files that are read.</summary>
    public long? DiskBytes { get; init; }

    /// <summary>Frames delivered in batches a second.</summary>
    public double? DeliveredFps { get; init; }

    /// <summary>Frames that a decoder put out for each delivered one.</summary>
    public double? DecodedPerDelivered { get; init; }

    /// <summary>Wall time.</summary>
    public double? MsIter { get; init; }

    /// <summary>Host time inside the loader's Next.</summary>
    public double? DataHostMs { get; init; }

    /// <summary>What the device takes longer, beyond the host time, than over the same loop on one fixed batch.</summary>
    public double? DataGpuMs { get; init; }

    /// <summary>The sum of the two.</summary>
    public double? DataMs { get; init; }

    /// <summary>Processor time of the whole process.</summary>
    public double? CpuMs { get; init; }

    /// <summary>Peak resident memory.</summary>
    public double? HostRssMib { get; init; }

    /// <summary>Peak resident memory that is no file's.</summary>
    public double? HostAnonMib { get; init; }

    /// <summary>Device memory in use beyond that before the loader was made.</summary>
    public double? DeviceMib { get; init; }

    /// <summary>How busy the decoder engines were.</summary>
    public double? EnginePercent { get; init; }

    /// <summary>What it was measured on.</summary>
    public required string Machine { get; init; }

    /// <summary>How it was measured, where that is not plain.</summary>
    public string? Note { get; init; }
}
