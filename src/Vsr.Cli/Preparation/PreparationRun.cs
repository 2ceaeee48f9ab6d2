using Vsr.Data.Preparation;

namespace Vsr.Cli.Preparation;

/// <summary>Runs a step of a preparation under Ctrl-C and says what came of it.</summary>
internal static class PreparationRun
{
    /// <summary>Runs; the exit code is 1 where a file failed, whose list stands at the end.</summary>
    /// <param name="isQuiet">Whether no progress is shown.</param>
    /// <param name="work">The step.</param>
    /// <param name="things">What it makes, in the plural.</param>
    public static int Run(
        bool isQuiet, Func<IPreparationObserver, CancellationToken, IReadOnlyList<PreparationResult>> work, string things = "scenes")
    {
        using Termination termination = new();
        using PreparationDisplay display = PreparationDisplay.Create(isQuiet);
        try
        {
            IReadOnlyList<PreparationResult> results = work(display, termination.Token);
            display.Dispose();
            return Report(results, things);
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            display.Dispose();
            Console.Error.WriteLine($"vsr: stopped; finished {things} are kept, the same command goes on with the others");
            return termination.ExitCode;
        }
    }

    private static int Report(IReadOnlyList<PreparationResult> results, string things)
    {
        foreach (PreparationResult result in results.Where(result => result.Made + result.Skipped > 0))
        {
            string before = result.Skipped > 0 ? $", {result.Skipped} were there already" : "";
            Console.WriteLine($"{result.Folder}: {result.Made} {things}{before}");
        }

        PreparationFailure[] failures = [.. results.SelectMany(result => result.Failures)];
        if (failures.Length == 0)
        {
            return ExitCode.Success;
        }

        Console.Error.WriteLine($"vsr: {failures.Length} {(failures.Length == 1 ? "file" : "files")} failed:");
        foreach (PreparationFailure failure in failures)
        {
            string message = failure.Message.ReplaceLineEndings(" ");
            bool isNamed = message.Contains(Path.GetFileName(failure.File), StringComparison.Ordinal);
            Console.Error.WriteLine($"  {(isNamed ? "" : failure.File + ": ")}{message}");
        }

        return ExitCode.Failure;
    }
}
