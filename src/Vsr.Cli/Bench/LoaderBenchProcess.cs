using System.Diagnostics;

namespace Vsr.Cli.Bench;

/// <summary>Measures one loader in a process of its own, so that no loader's memory is counted as another's.</summary>
/// <param name="settings">What to measure.</param>
/// <param name="more">Options of the command that are no settings of the measurement.</param>
/// <param name="cancellation">Ends the process.</param>
internal sealed class LoaderBenchProcess(BenchSettings settings, IReadOnlyList<string> more, CancellationToken cancellation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs the process; its standard error is this one's.</summary>
    /// <returns>Its exit code, and its report when that is 0.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public (int ExitCode, BenchReport<LoaderRow>? Report) Measure(string loader)
    {
        cancellation.ThrowIfCancellationRequested();
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(LoaderBenchProcess).Assembly.Location);
        }

        foreach (string argument in (IEnumerable<string>)["bench", "loader", .. BenchArguments.Of(settings with { Loader = loader }), .. more, "--json"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration stop = cancellation.Register(() => Stop(process));
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return (process.ExitCode, process.ExitCode == ExitCode.Success ? BenchReport<LoaderRow>.Parse(output) : null);
    }

    // A Ctrl-C of the terminal reaches it too, and it ends by itself; another signal does not.
    private static void Stop(Process process)
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
        }
    }
}
