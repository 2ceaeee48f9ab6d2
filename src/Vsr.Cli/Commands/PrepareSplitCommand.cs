using System.CommandLine;
using Vsr.Cli.Preparation;
using Vsr.Data.Preparation;

namespace Vsr.Cli.Commands;

/// <summary>vsr prepare split: a film's scenes as files, for training and for validation.</summary>
internal static class PrepareSplitCommand
{
    private static readonly SplitArguments Arguments = new();
    private static readonly Option<bool> Quiet = CopyArguments.MakeQuiet();

    public static Command Create()
    {
        Command command = new("split", "Find a film's cuts and write its scenes to DIR/orig/scenes/{train,val}/scene_N.mp4.");
        Arguments.AddTo(command);
        command.Options.Add(Quiet);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        SceneSplitter splitter = UsageException.Of("prepare split", () => new SceneSplitter(Arguments.Read(parsed)));
        return PreparationRun.Run(parsed.GetValue(Quiet), (observer, cancellation) => [splitter.Run(observer, cancellation)]);
    }
}
