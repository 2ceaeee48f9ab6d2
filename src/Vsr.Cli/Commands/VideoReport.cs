using System.Text.Encodings.Web;
using System.Text.Json;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>What <c>vsr info --json</c> prints; the property names are its contract. Unknown values are null.</summary>
internal sealed record VideoReport
{
    public required string File { get; init; }

    public required string Container { get; init; }

    public required IReadOnlyList<StreamReport> Streams { get; init; }

    public required int Stream { get; init; }

    public required string? Codec { get; init; }

    public required bool Lossless { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string? PixelFormat { get; init; }

    public required int Frames { get; init; }

    public required int Packets { get; init; }

    public required int KeyFrames { get; init; }

    public required string TimeBase { get; init; }

    public required long? StartPts { get; init; }

    public required double? DurationSeconds { get; init; }

    public required bool VariableRate { get; init; }

    public required int Rotation { get; init; }

    public required string? SampleAspect { get; init; }

    public required string? Matrix { get; init; }

    public required string? Range { get; init; }

    public required string? Primaries { get; init; }

    public required string? Transfer { get; init; }

    public required int? BitDepth { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>camelCase names, indented, names of files as they are.</summary>
    public static JsonSerializerOptions JsonOptions { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static VideoReport Of(FrameReader reader)
    {
        VideoFileInfo info = reader.Info;
        VideoStreamInfo video = info.Video;
        return new VideoReport
        {
            File = info.Path,
            Container = info.Container,
            Streams = [.. info.Streams.Select(StreamReport.Of)],
            Stream = video.Index,
            Codec = StreamReport.CodecName(video.Codec),
            Lossless = video.IsLossless,
            Width = video.Width,
            Height = video.Height,
            PixelFormat = video.PixelFormat?.Name,
            Frames = reader.Index.FrameCount,
            Packets = reader.Index.PacketCount,
            KeyFrames = reader.Index.KeyFrameCount,
            TimeBase = video.TimeBase.ToString(),
            StartPts = video.StartPts,
            DurationSeconds = video.DurationSeconds,
            VariableRate = reader.Index.IsVariableRate,
            Rotation = video.Rotation,
            SampleAspect = Aspect(video.SampleAspect),
            Matrix = video.Color.Matrix,
            Range = video.Color.Range,
            Primaries = video.Color.Primaries,
            Transfer = video.Color.Transfer,
            BitDepth = video.BitDepth,
            Warnings = reader.Index.Warnings,
        };
    }

    /// <summary>"4:3"; null for unknown.</summary>
    public static string? Aspect(Rational? aspect) =>
        aspect is { } known ? $"{known.Numerator}:{known.Denominator}" : null;
}
