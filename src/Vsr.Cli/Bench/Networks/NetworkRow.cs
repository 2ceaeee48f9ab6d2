namespace Vsr.Cli.Bench.Networks;

/// <summary>One row of the table; null where a figure is not known. Times are milliseconds a frame.</summary>
internal sealed record NetworkRow
{
    /// <summary>A name of the catalogue, a file's name, or the architecture with its settings.</summary>
    public required string Model { get; init; }

    /// <summary>The architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>"cuda" or "cpu".</summary>
    public required string Device { get; init; }

    /// <summary>fp32 or bf16.</summary>
    public required string Precision { get; init; }

    /// <summary>Width x height of the input.</summary>
    public required string Size { get; init; }

    /// <summary>The factor S.</summary>
    public required int Scale { get; init; }

    /// <summary>Whether frames replay one CUDA graph; null on the CPU.</summary>
    public bool? Graph { get; init; }

    /// <summary>Frames that were measured.</summary>
    public int Frames { get; init; }

    /// <summary>The median.</summary>
    public double? Ms { get; init; }

    /// <summary>What nine of ten frames do not exceed.</summary>
    public double? MsP90 { get; init; }

    /// <summary>1000 through the mean.</summary>
    public double? Fps { get; init; }

    /// <summary>
    /// Whether frames lie on the device as floats before and after (true), or come from host memory as bytes and go there as
    /// planes of 8-bit 4:2:0, as upscaling needs it (false).
    /// </summary>
    public required bool NetworkOnly { get; init; }

    /// <summary>Peak of the process's resident memory while the row was measured.</summary>
    public double? HostMib { get; init; }

    /// <summary>Device memory in use after the frames, what earlier rows left to be reused included.</summary>
    public double? DeviceMib { get; init; }

    /// <summary>Whether the figures are another program's and were not measured by this run.</summary>
    public bool Stored { get; init; }

    /// <summary>What it was measured on.</summary>
    public required string Machine { get; init; }

    /// <summary>Why there are no figures, or how they were measured.</summary>
    public string? Note { get; init; }
}
