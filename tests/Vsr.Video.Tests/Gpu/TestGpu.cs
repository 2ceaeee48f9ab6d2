using System.ComponentModel;
using System.Diagnostics;
using Vsr.Interop.Cuda;

namespace Vsr.Video.Tests.Gpu;

/// <summary>The GPU that a test runs on: its context on the calling thread, and a stream that does not wait for the default one.</summary>
internal sealed class TestGpu : IDisposable
{
    private static readonly CudaDriver Driver = CudaDriver.Instance;
    private static readonly Lazy<string[]> Folders = new(FindCompilerFolders);

    private TestGpu()
    {
        Driver.SetCurrentContext(Driver.RetainPrimaryContext(0));
        Stream = Driver.CreateStream();
    }

    public nint Stream { get; }

    /// <summary>NVIDIA's libraries in python3's packages: where NVRTC lies on a machine with PyTorch.</summary>
    public static IReadOnlyList<string> CompilerFolders => Folders.Value;

    /// <summary>The first GPU; skips the test where there is none.</summary>
    public static TestGpu Require()
    {
        Assert.SkipWhen(Driver.Problem is not null, $"needs a GPU: {Driver.Problem}");
        return new TestGpu();
    }

    public DeviceBuffer Allocate(long bytes) => new(bytes, Stream);

    public void Wait() => Driver.SynchronizeStream(Stream);

    public void Dispose()
    {
        Driver.DestroyStream(Stream);
        Driver.SetCurrentContext(0);
        Driver.ReleasePrimaryContext(0);
    }

    private static string[] FindCompilerFolders()
    {
        const string program = "import glob, sys; print('\\n'.join(d for p in sys.path for d in glob.glob(p + '/nvidia/*/lib')))";
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", program]) { RedirectStandardOutput = true })!;
            return python.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Win32Exception)
        {
            return [];
        }
    }
}
