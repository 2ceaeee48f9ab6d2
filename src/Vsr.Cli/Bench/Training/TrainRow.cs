namespace Vsr.Cli.Bench.Training;

/// <summary>One row of the table; null where a figure is not known. Times are milliseconds a step.</summary>
internal sealed record TrainRow
{
    /// <summary>vsrnet or recurrent.</summary>
    public required string Network { get; init; }

    /// <summary>The motion compensation: none, compact or flownet2-sd; null for a network with one of its own.</summary>
    public string? Flow { get; init; }

    /// <summary>fp32, tf32, bf16 or fp16.</summary>
    public required string Precision { get; init; }

    /// <summary>Whether the figures are from elsewhere and were not measured by this run.</summary>
    public bool Stored { get; init; }

    /// <summary>Sequences a step.</summary>
    public required int Batch { get; init; }

    /// <summary>Frames a sequence.</summary>
    public required int Frames { get; init; }

    /// <summary>Height x width of the high-resolution crop.</summary>
    public required string Crop { get; init; }

    /// <summary>Whether the step is one CUDA graph.</summary>
    public bool? Graph { get; init; }

    /// <summary>Median of the device's time, from the input's being in place to the end of the step's work.</summary>
    public double? GpuMs { get; init; }

    /// <summary>The least of them.</summary>
    public double? GpuMsLeast { get; init; }

    /// <summary>Mean time of a step with what lies between it and the next: by the device's clock, on the CPU by the host's.</summary>
    public double? WallMs { get; init; }

    /// <summary>What lies between two steps: time in which the device waits for the host.</summary>
    public double? GapMs { get; init; }

    /// <summary>Device memory in use.</summary>
    public double? DeviceMib { get; init; }

    /// <summary>The last step's loss on random pixels: the same from run to run.</summary>
    public double? Loss { get; init; }

    /// <summary>What it was measured on.</summary>
    public required string Machine { get; init; }

    /// <summary>Why there are no figures, or how they were measured.</summary>
    public string? Note { get; init; }
}
