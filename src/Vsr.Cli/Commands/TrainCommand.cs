using System.CommandLine;
using Vsr.Cli.Training;
using Vsr.Torch;
using Vsr.Training;
using Vsr.Training.Running;

namespace Vsr.Cli.Commands;

/// <summary>vsr train: from a folder of videos to a network's weights.</summary>
internal static class TrainCommand
{
    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Go on with the run in --out from its last checkpoint; options left out are the run's own.",
    };

    private static readonly Option<string> Device = new("--device")
    {
        Description = "auto, cpu, cuda or cuda:N.",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "Folder of the libtorch or PyTorch to load." };

    private static readonly Option<string?> Config = new("--config")
    {
        Description = "A run file: JSON, with comments, of these options; those on the command line win.",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "NAME=VALUE or SECTION.NAME=VALUE: changes a setting of the run file. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads inside an operator on the CPU." };

    public static Command Create()
    {
        Command command = new("train", "Train a network from a folder of videos.");
        foreach (TrainSetting setting in TrainSettings.All)
        {
            command.Options.Add(setting.Option);
        }

        foreach (Option option in new Option[] { Config, Set, Resume, Device, LibTorch, Threads })
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        TrainingOptions options = Apply(parsed, new TrainingOptions { Network = "" });
        bool resume = parsed.GetValue(Resume);
        BackendOptions backendOptions = new()
        {
            Device = parsed.GetValue(Device)!,
            LibTorchDirectory = parsed.GetValue(LibTorch),
            Threads = parsed.GetValue(Threads),
        };
        AsUsage(backendOptions.Validate);
        if (resume)
        {
            AsUsage(() => TrainSettings.RequireOut(options));
            options = Apply(parsed, TrainingRun.ReadSettings(options.Out));
        }
        else if (options.Root.Length == 0 && options.Pairs is null && Directory.Exists("train") && Directory.Exists("val"))
        {
            options = options with { Root = "." };
        }

        AsUsage(options.Validate);
        AsUsage(() => ExportFile.Require(options.ExportFp16));
        using Termination termination = new();
        Backend backend = Backend.Load(backendOptions);
        using TrainingConsole console = new();
        using CancellationTokenRegistration told = termination.Token.Register(
            () => console.Message("stopping; a second signal ends it at once"));
        try
        {
            TrainingResult result = console.Run(() => resume
                ? TrainingRun.Resume(options, backend.Device, console, termination.Token)
                : TrainingRun.Start(options, backend.Device, console, termination.Token));
            return Finish(result, console, termination);
        }
        catch (OperationCanceledException)
        {
            return termination.ExitCode;
        }
    }

    /// <summary>The settings with the run file's changed, then those of --set, then those of the command line.</summary>
    private static TrainingOptions Apply(ParseResult parsed, TrainingOptions options)
    {
        options = parsed.GetValue(Config) is { } path ? RunFile.Apply(path, options) : options;
        options = RunFileEntries.Apply([.. parsed.GetValue(Set)!.Select(RunFileEntry.Parse)], "--set", options);
        return TrainSettings.Apply(parsed, options);
    }

    private static int Finish(TrainingResult result, TrainingConsole console, Termination termination)
    {
        if (result.WasInterrupted)
        {
            console.Message($"stopped at step {result.Step} with a checkpoint; go on with --resume");
            return termination.ExitCode;
        }

        console.Message(FormattableString.Invariant($"done: {result.Step} steps, {result.MillisecondsPerStep:F1} ms a step"));
        Console.WriteLine(result.WeightsPath);
        return ExitCode.Success;
    }

    /// <summary>What the settings' own check finds is wrong on the command line.</summary>
    private static void AsUsage(Action check) => UsageException.Of("train", () =>
    {
        check();
        return true;
    });
}
