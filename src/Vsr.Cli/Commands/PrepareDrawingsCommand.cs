using System.CommandLine;
using Vsr.Cli.Preparation;
using Vsr.Data.Preparation;

namespace Vsr.Cli.Commands;

/// <summary>vsr prepare drawings: the pictures that vsr train --drawings draws, as files.</summary>
internal static class PrepareDrawingsCommand
{
    private static readonly Option<string> OutData = new("--out-data", "--out_data") { Description = "The pictures' folder.", Required = true };

    private static readonly Option<int> Count = new("--count") { Description = "How many pictures.", DefaultValueFactory = _ => 100 };

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "What they are drawn from; that of a training run gives the run's pictures.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<int?> Jobs = new("--jobs") { Description = "Pictures at a time. Default: one a processor." };
    private static readonly Option<bool> Quiet = CopyArguments.MakeQuiet();

    public static Command Create()
    {
        Command command = new("drawings", "Draw writing, line art and patterns to DIR/drawing-00000.png and so on, as vsr train --drawings does.")
        {
            OutData, Count, Seed, Jobs, Quiet,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        DrawingMaker maker = UsageException.Of("prepare drawings", () => new DrawingMaker(new DrawingOptions
        {
            OutData = parsed.GetRequiredValue(OutData),
            Count = parsed.GetRequiredValue(Count),
            Seed = parsed.GetRequiredValue(Seed),
            Jobs = parsed.GetValue(Jobs),
        }));
        return PreparationRun.Run(
            parsed.GetValue(Quiet), (observer, cancellation) => [maker.Run(observer, cancellation)], "pictures");
    }
}
