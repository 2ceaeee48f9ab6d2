using System.CommandLine;
using Vsr.Cli.Preparation;
using Vsr.Data.Preparation;

namespace Vsr.Cli.Commands;

/// <summary>vsr prepare all: scenes and copies in each size, as the example's prepare_data.sh makes them.</summary>
internal static class PrepareAllCommand
{
    private static readonly SplitArguments Splitting = new();
    private static readonly CopyArguments Copying = new();

    private static readonly Option<string[]> ResolutionOption = new("--resolution")
    {
        Description = "The sizes, with commas between them, also those above the film's. Default: 540p,720p,1080p,4K as far as the film goes.",
    };

    public static Command Create()
    {
        Command command = new("all", "Split films into scenes and copy these to 540p, 720p, 1080p and 4K.");
        Splitting.AddTo(command);
        foreach (Option option in new Option[]
        {
            ResolutionOption, Copying.Codec, Copying.Crf, Copying.KeyInt, Copying.Bits, Copying.Preset, Copying.Scaling,
            Copying.NoEnlarge, Copying.Jobs, Copying.Quiet,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        DataPreparationOptions options = UsageException.Of("prepare all", () => Read(parsed));
        return PreparationRun.Run(
            parsed.GetValue(Copying.Quiet), (observer, cancellation) => DataPreparation.Run(options, observer, cancellation));
    }

    private static DataPreparationOptions Read(ParseResult parsed)
    {
        string[] names = parsed.GetValue(ResolutionOption) ?? [];
        DataPreparationOptions options = new()
        {
            Split = Splitting.Read(parsed),
            Resolutions = names.Length == 0 ? null : [.. names.SelectMany(name => name.Split(',', StringSplitOptions.TrimEntries)).Select(Resolution.Parse)],
            Enlarge = parsed.GetValue(Copying.NoEnlarge) ? false : null,
            Codec = parsed.GetValue(Copying.Codec),
            Crf = parsed.GetValue(Copying.Crf),
            KeyInt = parsed.GetValue(Copying.KeyInt),
            BitDepth = parsed.GetValue(Copying.Bits),
            Preset = parsed.GetRequiredValue(Copying.Preset),
            Scaling = CopyArguments.FilterOf(parsed.GetRequiredValue(Copying.Scaling)),
            Jobs = parsed.GetValue(Copying.Jobs),
        };
        options.Validate();
        return options;
    }
}
