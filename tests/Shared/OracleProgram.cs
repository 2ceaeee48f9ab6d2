using System.Diagnostics;

namespace Vsr.Tests;

/// <summary>Runs independent programs (ffmpeg, ffprobe, cc, Debian's python3 with torch) that tests compare with.</summary>
internal static class OracleProgram
{
    /// <summary>Runs a program and returns its standard output; skips the test when the program is not installed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        (int exitCode, string output, string error) = TryRun(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} exited {exitCode}: {error}");
        return output;
    }

    /// <summary>Runs a program and returns exit code, standard output and standard error; skips when it is not installed.</summary>
    public static (int ExitCode, string Output, string Error) TryRun(string program, params string[] arguments)
    {
        string path = Require(program);
        ProcessStartInfo start = new(path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>The full path of a program; skips the running test when it is not installed.</summary>
    public static string Require(string program)
    {
        string? path = Find(program);
        if (path is null)
        {
            Assert.Skip($"needs the oracle program '{program}' (Debian: apt-get install {PackageOf(program)})");
        }

        return path;
    }

    /// <summary>Debian's python3 with torch, not another python on the PATH; skips when there is none.</summary>
    public static string RequirePythonTorch()
    {
        const string debianPython = "/usr/bin/python3";
        if (!File.Exists(debianPython) || TryRun(debianPython, "-c", "import torch, numpy").ExitCode != 0)
        {
            Assert.Skip("needs Debian's python3-torch (apt-get install python3-torch python3-numpy)");
        }

        return debianPython;
    }

    private static string? Find(string program) => Path.IsPathRooted(program)
        ? (File.Exists(program) ? program : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string PackageOf(string program) => program switch
    {
        "ffprobe" => "ffmpeg",
        "cc" => "gcc libavformat-dev libswscale-dev",
        _ => Path.GetFileName(program),
    };
}
