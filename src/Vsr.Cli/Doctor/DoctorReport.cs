using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vsr.Cli.Doctor;

/// <summary>What <c>vsr doctor</c> found; its JSON has these names in camel case.</summary>
internal sealed record DoctorReport
{
    /// <summary>Whether videos can be read, written and upscaled on the CPU.</summary>
    public required bool Ok { get; init; }

    public required SystemFindings System { get; init; }

    [JsonPropertyName("ffmpeg")]
    public required FFmpegFindings FFmpeg { get; init; }

    public required BackendFindings Backend { get; init; }

    public required GpuFindings Gpu { get; init; }

    public required NvdecFindings Nvdec { get; init; }

    /// <summary>What to do about what is missing, one sentence each.</summary>
    public required IReadOnlyList<string> Advice { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, DoctorJson.Default.DoctorReport);
}
