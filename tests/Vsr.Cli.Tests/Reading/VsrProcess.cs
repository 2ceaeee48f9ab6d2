using Vsr.Tests;

namespace Vsr.Cli.Tests.Reading;

/// <summary>Runs the program as a user does, to see its output, its errors and its exit code.</summary>
internal static class VsrProcess
{
    public static string Sample => Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");

    public static (int ExitCode, string Output, string Error) Run(params string[] arguments) =>
        OracleProgram.TryRun("dotnet", [Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"), .. arguments]);
}
