using System.Text;
using System.Text.Json;

namespace Vsr.Training.Evaluation;

/// <summary>An evaluation as JSON: {"clips": [{name, frames, psnr_db, ssim, bicubic_psnr_db, bicubic_ssim}], "mean": {...}}.</summary>
/// <remarks>
/// Where the example's metric was asked for, example_psnr_db and bicubic_example_psnr_db follow; where steadiness was, temporal_pairs (of a
/// clip), temporal_visible, warp_error, flicker, bicubic_warp_error, bicubic_flicker and truth_warp_error. Of compressed input:
/// {"compressed": [{crf, codec, bits_per_pixel, clips, mean}]}, where each clip has its bits_per_pixel too.
/// </remarks>
public static class EvaluationJson
{
    /// <summary>Writes the result as indented text. The mean's values are null when no clip was scored.</summary>
    public static string Write(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Text(writer => WriteResult(writer, result));
    }

    /// <summary>Writes the results of compressed input as indented text, one for each compression.</summary>
    public static string Write(IReadOnlyList<CompressedEvaluation> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return Text(writer =>
        {
            writer.WriteStartArray("compressed");
            foreach (CompressedEvaluation evaluation in results)
            {
                writer.WriteStartObject();
                writer.WriteNumber("crf", evaluation.Compression.Crf);
                writer.WriteString("codec", evaluation.Compression.CodecName);
                WriteNumber(writer, "bits_per_pixel", evaluation.Result.BitsPerPixel);
                WriteResult(writer, evaluation.Result);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteResult(Utf8JsonWriter writer, EvaluationResult result)
    {
        writer.WriteStartArray("clips");
        foreach (ClipScore clip in result.Clips)
        {
            writer.WriteStartObject();
            writer.WriteString("name", clip.Name);
            writer.WriteNumber("frames", clip.Frames);
            if (clip.BitsPerPixel is not null)
            {
                WriteNumber(writer, "bits_per_pixel", clip.BitsPerPixel);
            }

            WriteScores(writer, clip.Network, clip.Bicubic);
            if (clip.TemporalPairs is { } pairs)
            {
                writer.WriteNumber("temporal_pairs", pairs);
                WriteTemporal(writer, clip.Temporal);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("mean");
        WriteScores(writer, result.Network, result.Bicubic);
        if (result.Clips.Any(clip => clip.TemporalPairs is not null))
        {
            WriteTemporal(writer, result.Temporal);
        }

        writer.WriteEndObject();
    }

    private static void WriteScores(Utf8JsonWriter writer, QualityScore? network, QualityScore? bicubic)
    {
        WriteNumber(writer, "psnr_db", network?.PsnrDb);
        WriteNumber(writer, "ssim", network?.Ssim);
        WriteNumber(writer, "bicubic_psnr_db", bicubic?.PsnrDb);
        WriteNumber(writer, "bicubic_ssim", bicubic?.Ssim);
        if (network?.ExamplePsnrDb is not null)
        {
            WriteNumber(writer, "example_psnr_db", network?.ExamplePsnrDb);
            WriteNumber(writer, "bicubic_example_psnr_db", bicubic?.ExamplePsnrDb);
        }
    }

    private static void WriteTemporal(Utf8JsonWriter writer, TemporalScore? score)
    {
        WriteNumber(writer, "temporal_visible", score?.VisibleShare);
        WriteNumber(writer, "warp_error", score?.NetworkWarpError);
        WriteNumber(writer, "flicker", score?.NetworkFlicker);
        WriteNumber(writer, "bicubic_warp_error", score?.BicubicWarpError);
        WriteNumber(writer, "bicubic_flicker", score?.BicubicFlicker);
        WriteNumber(writer, "truth_warp_error", score?.TruthWarpError);
    }

    /// <summary>Writes a number; null where there is none or it is not finite.</summary>
    internal static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
