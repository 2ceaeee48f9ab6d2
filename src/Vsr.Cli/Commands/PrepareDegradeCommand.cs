using System.CommandLine;
using Vsr.Cli.Preparation;
using Vsr.Data.Preparation;
using Vsr.Torch;

namespace Vsr.Cli.Commands;

/// <summary>vsr prepare degrade: low-resolution, compressed files of clips, for training on pairs.</summary>
internal static class PrepareDegradeCommand
{
    private static readonly PairArguments Arguments = new();
    private static readonly Option<bool> Quiet = CopyArguments.MakeQuiet();

    private static readonly Option<string> Device = new("--device")
    {
        Description = "Where stills are rendered: auto, cpu, cuda or cuda:N.",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "Folder of the libtorch or PyTorch to load." };

    public static Command Create()
    {
        Command command = new("degrade", "Blur, reduce and compress clips to DIR/lr/NAME-vN.mp4, to train on pairs.");
        Arguments.AddTo(command);
        foreach (Option option in new Option[] { Device, LibTorch, Quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        (PairOptions options, BackendOptions backend) = UsageException.Of("prepare degrade", () => Read(parsed));
        PairMaker maker = new(options, options.Stills is null ? null : Backend.Load(backend).Device);
        return PreparationRun.Run(
            parsed.GetValue(Quiet), (observer, cancellation) => [maker.Run(observer, cancellation)], "pairs");
    }

    private static (PairOptions Pairs, BackendOptions Backend) Read(ParseResult parsed)
    {
        BackendOptions backend = new() { Device = parsed.GetRequiredValue(Device), LibTorchDirectory = parsed.GetValue(LibTorch) };
        backend.Validate();
        return (Arguments.Read(parsed), backend);
    }
}
