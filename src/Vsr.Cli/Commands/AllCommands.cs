using System.CommandLine;

namespace Vsr.Cli.Commands;

/// <summary>The commands, in the order in which help lists them. One file a command.</summary>
internal static class AllCommands
{
    public static IEnumerable<Command> Create()
    {
        yield return InfoCommand.Create();
        yield return FramesCommand.Create();
        yield return PrepareCommand.Create();
        yield return TrainCommand.Create();
        yield return DoctorCommand.Create();
        yield return UpscaleCommand.Create();
        yield return EvaluateCommand.Create();
        yield return DemoCommand.Create();
        yield return BenchCommand.Create();
        yield return ModelsCommand.Create();
        yield return WeightsCommand.Create();
    }
}
