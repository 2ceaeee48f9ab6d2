using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Vsr.Cli.Commands;
using Vsr.Models.PyTorch;
using Vsr.Torch;

namespace Vsr.Cli;

/// <summary>Parses the command line, runs the command and turns failures into one clear line and an exit code.</summary>
internal static class CommandLineApplication
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Print the stack of a failure.",
        Recursive = true,
    };

    public static int Run(string[] args)
    {
        Command root = new("vsr", "Video super-resolution: read, train, evaluate, upscale.")
        {
            Verbose, new HelpOption(), new VersionOption(),
        };
        foreach (Command command in AllCommands.Create())
        {
            root.Subcommands.Add(command);
        }

        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string line in ParseMessage.Lines(parsed))
            {
                Console.Error.WriteLine($"vsr: {line}");
            }

            Console.Error.WriteLine($"  see: vsr {ParseMessage.CommandName(parsed)}--help");
            return ExitCode.Usage;
        }

        if (DecimalComma.Find(parsed.CommandResult) is { } comma)
        {
            Console.Error.WriteLine($"vsr: {comma}");
            return ExitCode.Usage;
        }

        if (EmptyValue(parsed.CommandResult) is { } empty)
        {
            Console.Error.WriteLine($"vsr: the value of {empty} is empty; give one or leave {empty} out");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return Report(failure, parsed.GetValue(Verbose));
        }
    }

    // An empty list of frames or clips has its own meaning or message; an empty name of a file or folder is a mistake,
    // as of a shell variable that is not set.
    private static string? EmptyValue(CommandResult command) => command.Children
        .Where(child => child.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        .Select(child => child is ArgumentResult argument ? argument.Argument.Name : ((OptionResult)child).Option.Name)
        .FirstOrDefault(name => name is not ("--frames" or "--exclude" or "--half-size"));

    /// <summary>What a user can read: without the parameter's name that .NET adds and the stack that libtorch adds, and without a file's control characters.</summary>
    private static string Message(Exception failure)
    {
        string message = failure.Message;
        foreach (string end in (string[])[" (Parameter '", "Exception raised from ", "frame #0: "])
        {
            int at = message.IndexOf(end, StringComparison.Ordinal);
            message = at > 0 ? message[..at] : message;
        }

        return PickleText.Printable(message.TrimEnd().ReplaceLineEndings(" "));
    }

    private static int Report(Exception failure, bool verbose)
    {
        if (failure is ExternalException native && BackendException.From(native, "computing") is { IsOutOfMemory: true } memory)
        {
            failure = memory;
        }

        (int code, string? hint) = failure switch
        {
            UsageException usage => (ExitCode.Usage, usage.Hint),
            VsrException known => (ExitCode.Failure, known.Hint),
            OperationCanceledException => (ExitCode.Interrupted, null),
            ArgumentException or IOException or UnauthorizedAccessException => (ExitCode.Failure, null),
            _ => (ExitCode.Failure, "this looks like a defect: run again with --verbose and report the output"),
        };
        if (code != ExitCode.Interrupted)
        {
            Console.Error.WriteLine($"vsr: {Message(failure)}");
        }

        if (hint is not null)
        {
            Console.Error.WriteLine($"  {hint}");
        }

        if (verbose)
        {
            Console.Error.WriteLine(failure);
        }

        return code;
    }
}
