using System.Runtime.InteropServices;
using Vsr.Cli.Doctor;
using Vsr.Interop.Cuda;
using Vsr.Interop.FFmpeg;
using Vsr.Torch;

namespace Vsr.Cli.Bench;

/// <summary>What figures were measured on.</summary>
internal static class BenchMachine
{
    /// <summary>GPU, processor and memory in a line.</summary>
    public static string Describe(Backend backend)
    {
        string gpu = backend.IsCuda
            ? $"{CudaDriver.Instance.Describe(IndexOf(backend)).Name}, driver {CudaDriver.KernelModuleVersion() ?? "unknown"}, "
            : "no GPU, ";
        string memory = SystemMemory.Read().TotalBytes is { } bytes
            ? FormattableString.Invariant($", {bytes / (double)(1L << 30):0} GiB memory")
            : "";
        return FormattableString.Invariant($"{gpu}{Environment.ProcessorCount} CPU cores ({Processor()}){memory}");
    }

    /// <summary>Versions of the program, the runtime and the libraries.</summary>
    public static IReadOnlyDictionary<string, string> Versions(Backend backend)
    {
        Dictionary<string, string> versions = new()
        {
            ["vsr"] = typeof(BenchMachine).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            ["dotnet"] = RuntimeInformation.FrameworkDescription,
            ["libtorch"] = backend.LibTorchVersion,
            ["ffmpeg"] = FFmpegLibrary.Instance.Version,
            ["system"] = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        };
        if (backend.IsCuda)
        {
            versions["driver"] = CudaDriver.KernelModuleVersion() ?? "unknown";
            versions["cuda"] = CudaDriver.Instance.CudaVersion?.ToString() ?? "unknown";
        }

        return versions;
    }

    /// <summary>The number of the backend's GPU.</summary>
    public static int IndexOf(Backend backend) => Math.Max(0, backend.Device.index);

    private static string Processor()
    {
        const string path = "/proc/cpuinfo";
        string? line = File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? "unknown";
    }
}
