using System.CommandLine;
using System.Text.Json;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>vsr info: what is in a video file, from its index.</summary>
internal static class InfoCommand
{
    private static readonly Argument<string> FileArgument = new("FILE") { Description = "The video file." };

    private static readonly Option<int?> Stream = StreamOption.Create(
        "Number of the video stream (default: the first that is no attached picture).");

    private static readonly Option<bool> JsonOption = new("--json") { Description = "Print JSON." };

    public static Command Create()
    {
        Command command = new("info", "Describe a video file: size, frames, rate, rotation, colours.")
        {
            FileArgument, Stream, JsonOption,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string file = parsed.GetRequiredValue(FileArgument);
        using FrameReader reader = new(file, new FrameReaderOptions { Stream = parsed.GetValue(Stream) });
        FileWarnings.Print(file, reader.Index);
        if (parsed.GetValue(JsonOption))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(VideoReport.Of(reader), VideoReport.JsonOptions));
        }
        else
        {
            Print(reader);
        }

        return ExitCode.Success;
    }

    private static void Print(FrameReader reader)
    {
        VideoFileInfo info = reader.Info;
        VideoStreamInfo video = info.Video;
        FrameIndex index = reader.Index;
        Console.Out.WriteLine($"{info.Path}: {info.Container}");
        foreach (StreamInfo stream in info.Streams)
        {
            string mark = stream.Index == video.Index ? " (chosen)" : "";
            Console.Out.WriteLine($"  stream {stream.Index}: {stream.Type} {StreamReport.CodecName(stream.Codec) ?? "without a codec"}{mark}");
        }

        string rate = index.IsVariableRate ? "variable rate" : "constant rate";
        string average = video.AverageRate is { } known ? $", {known.ToDouble():0.###} frames/s on average" : "";
        ColorDescription color = video.Color;
        Console.Out.WriteLine($"  size        {video.Width}x{video.Height}, {Text(video.PixelFormat?.Name)}, {Text(video.BitDepth)} bit");
        Console.Out.WriteLine($"  frames      {index.FrameCount} in {index.PacketCount} packets, {index.KeyFrameCount} key frames");
        Console.Out.WriteLine($"  time        {rate}{average}, time base {video.TimeBase} s, starts at {Text(video.StartPts)}, {Text(video.DurationSeconds)} s long");
        Console.Out.WriteLine($"  display     rotation {video.Rotation}, sample aspect {Text(VideoReport.Aspect(video.SampleAspect))}");
        Console.Out.WriteLine($"  colour      matrix {Text(color.Matrix)}, range {Text(color.Range)}, primaries {Text(color.Primaries)}, transfer {Text(color.Transfer)}");
    }

    private static string Text(object? value) => value is null ? "unknown" : FormattableString.Invariant($"{value}");
}
