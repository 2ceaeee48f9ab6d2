using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vsr.Cli.Demo;

/// <summary>What the demo measured; written as demo/report.json.</summary>
internal sealed record DemoFigures
{
    [JsonPropertyName("bicubic_psnr_db")]
    public required double BicubicPsnr { get; init; }

    [JsonPropertyName("trained_psnr_db")]
    public required double TrainedPsnr { get; init; }

    [JsonPropertyName("shipped_psnr_db")]
    public required double ShippedPsnr { get; init; }

    [JsonPropertyName("upscaled_frames")]
    public required int UpscaledFrames { get; init; }

    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    [JsonPropertyName("bicubic_ssim")]
    public required double BicubicSsim { get; init; }

    [JsonPropertyName("trained_ssim")]
    public required double TrainedSsim { get; init; }

    [JsonPropertyName("shipped_ssim")]
    public required double ShippedSsim { get; init; }

    [JsonPropertyName("training_steps")]
    public required int TrainingSteps { get; init; }

    [JsonPropertyName("training_seconds")]
    public required double TrainingSeconds { get; init; }

    [JsonPropertyName("scored_frames")]
    public required int ScoredFrames { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, DemoFiguresContext.Default.DemoFigures) + "\n";
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(DemoFigures))]
internal sealed partial class DemoFiguresContext : JsonSerializerContext;
