using System.CommandLine;
using Vsr.Cli.Preparation;
using Vsr.Data.Preparation;

namespace Vsr.Cli.Commands;

/// <summary>vsr prepare transcode: the split scenes in another size, for random access.</summary>
internal static class PrepareTranscodeCommand
{
    private static readonly Option<string> MainData = CopyArguments.MakeMainData();
    private static readonly CopyArguments Arguments = new();

    private static readonly Option<string> ResolutionOption = new("--resolution")
    {
        Description = "540p, 720p, 1080p, 4K, or another number of lines with a p.",
        Required = true,
    };

    public static Command Create()
    {
        Command command = new("transcode", "Copy the split scenes to DIR/RESOLUTION/scenes[/CODEC][/crfN][/keyintN].")
        {
            MainData, ResolutionOption, Arguments.Codec, Arguments.Crf, Arguments.KeyInt, Arguments.Bits, Arguments.Preset,
            Arguments.Scaling, Arguments.NoEnlarge, Arguments.Jobs, Arguments.Quiet,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        SceneTranscoder transcoder = UsageException.Of("prepare transcode", () => new SceneTranscoder(Arguments.Read(
            parsed, parsed.GetRequiredValue(MainData), Resolution.Parse(parsed.GetRequiredValue(ResolutionOption)))));
        return PreparationRun.Run(
            parsed.GetValue(Arguments.Quiet), (observer, cancellation) => [transcoder.Run(observer, cancellation)]);
    }
}
