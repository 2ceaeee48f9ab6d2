using System.CommandLine;

namespace Vsr.Cli.Commands;

/// <summary>vsr prepare: a data set from films, in the folders of DALI's example.</summary>
internal static class PrepareCommand
{
    public static Command Create() => new("prepare", "Make a data set of films: scenes, copies in other sizes, pictures; degraded pairs of clips; or drawn pictures.")
    {
        PrepareSplitCommand.Create(),
        PrepareTranscodeCommand.Create(),
        PrepareFramesCommand.Create(),
        PrepareAllCommand.Create(),
        PrepareDegradeCommand.Create(),
        PrepareDrawingsCommand.Create(),
    };
}
