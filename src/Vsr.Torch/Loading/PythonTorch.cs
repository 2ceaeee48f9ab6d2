using System.ComponentModel;
using System.Diagnostics;

namespace Vsr.Torch.Loading;

/// <summary>Asks python3 where its PyTorch is, without importing it (which would take seconds).</summary>
internal static class PythonTorch
{
    private const string Program =
        "import importlib.util as u, os; s = u.find_spec('torch'); print(os.path.dirname(s.origin) if s and s.origin else '')";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The folder of python3's torch package, or why there is none.</summary>
    public static (string? Directory, string? Problem) Find()
    {
        ProcessStartInfo start = new("python3", ["-c", Program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            using Process? process = Process.Start(start);
            if (process is null)
            {
                return (null, "python3 could not be started");
            }

            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return (null, $"python3 gave no answer within {Patience.TotalSeconds:0} s");
            }

            string directory = output.Result.Trim();
            return process.ExitCode != 0 ? (null, $"python3 failed: {error.Result.Trim().Split('\n')[^1]}")
                : directory.Length == 0 ? (null, "python3 has no torch")
                : (directory, null);
        }
        catch (Win32Exception)
        {
            return (null, "there is no python3 on the PATH");
        }
    }
}
