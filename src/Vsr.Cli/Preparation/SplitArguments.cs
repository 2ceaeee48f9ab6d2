using System.CommandLine;
using Vsr.Cli.Commands;
using Vsr.Data.Preparation;

namespace Vsr.Cli.Preparation;

/// <summary>The options of splitting, which split and all share.</summary>
internal sealed class SplitArguments
{
    private static readonly SceneDetectionOptions Defaults = new();

    public Argument<string[]> Films { get; } = new("FILE")
    {
        Description = "The films: files, or folders of videos; a folder with train/ and val/ keeps that division.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string[]> RawData { get; } = new("--raw-data", "--raw_data") { Description = "The same under the example's name." };

    public Option<string> OutData { get; } = new("--out-data", "--out_data")
    {
        Description = "The data set's folder; scenes go to orig/scenes in it.",
        DefaultValueFactory = _ => "data_dir",
    };

    public Option<string?> Timestamps { get; } = new("--timestamps")
    {
        Description = "A file of scene end times in seconds, one a line, instead of looking for cuts.",
    };

    public Option<double> Threshold { get; } = new("--threshold")
    {
        Description = "Share of the picture that is new at a cut, above 0 up to 1: less finds more cuts.",
        DefaultValueFactory = _ => Defaults.Threshold,
    };

    public Option<double> MinLength { get; } = new("--min-length")
    {
        Description = "Shortest scene in seconds.",
        DefaultValueFactory = _ => Defaults.MinLengthSeconds,
    };

    public Option<int?> ValCount { get; } = new("--val-count", "--val_count") { Description = "How many scenes validate." };

    public Option<double?> ValShare { get; } = new("--val-share", "--val_share")
    {
        Description = "Share of the scenes that validate, one at least. Default: 0.1; with --timestamps all but the first 53.",
    };

    public Option<ulong?> Seed { get; } = new("--seed") { Description = "Draw the scenes that validate. Default: the film's last ones." };

    public Option<bool> Lossless { get; } = new("--lossless") { Description = "Keep the frames bit for bit; larger, and not for NVDEC." };

    public Option<int?> Stream { get; } = StreamOption.Create("Number of the video stream. Default: the first that is no attached picture.");

    /// <summary>All of them, for a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Films);
        foreach (Option option in new Option[]
            { RawData, OutData, Timestamps, Threshold, MinLength, ValCount, ValShare, Seed, Lossless, Stream })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line asks for.</summary>
    public SplitOptions Read(ParseResult parsed)
    {
        SplitOptions options = new()
        {
            Sources = [.. parsed.GetValue(Films) ?? [], .. parsed.GetValue(RawData) ?? []],
            OutData = parsed.GetRequiredValue(OutData),
            Timestamps = parsed.GetValue(Timestamps),
            Detection = new SceneDetectionOptions
            {
                Threshold = parsed.GetValue(Threshold),
                MinLengthSeconds = parsed.GetValue(MinLength),
            },
            ValCount = parsed.GetValue(ValCount),
            ValShare = parsed.GetValue(ValShare),
            Seed = parsed.GetValue(Seed),
            Lossless = parsed.GetValue(Lossless),
            Stream = parsed.GetValue(Stream),
        };
        options.Validate();
        return options;
    }
}
