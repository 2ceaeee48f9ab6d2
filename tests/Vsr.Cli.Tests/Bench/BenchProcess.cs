using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Vsr.Cli.Tests.Bench;

/// <summary>vsr bench loader as a process of its own, with a cache folder of the test's own.</summary>
internal static class BenchProcess
{
    public static Process Start(string cache, params string[] arguments)
    {
        string[] all =
        [
            "--default-signal=INT", $"XDG_CACHE_HOME={cache}", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"),
            "bench", "loader", "--device", "cpu", .. arguments,
        ];
        return Process.Start(new ProcessStartInfo("env", all) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    public static (int ExitCode, string Output, string Error) Run(string cache, params string[] arguments)
    {
        using Process process = Start(cache, arguments);
        return Finish(process);
    }

    public static (int ExitCode, string Output, string Error) Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the benchmark did not end within 3 minutes: {error.Result}");
        }

        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The rows that were measured.</summary>
    public static JsonObject[] Measured(string json) => [.. JsonNode.Parse(json)!["rows"]!.AsArray()
        .Select(row => row!.AsObject()).Where(row => !row["stored"]!.GetValue<bool>())];
}
