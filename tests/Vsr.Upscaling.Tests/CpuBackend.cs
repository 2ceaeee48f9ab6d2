using Vsr.Tests;
using Vsr.Torch;

namespace Vsr.Upscaling.Tests;

/// <summary>The CPU of the process's libtorch, on one thread: these tests compute little, and the encoder has threads of its own.</summary>
internal static class CpuBackend
{
    /// <summary>Loads it; the GPU's libtorch where there is a GPU, for a process has one.</summary>
    public static Backend Load()
    {
        TorchTestBackend.Ensure();
        return Backend.Load(new BackendOptions { Device = "cpu", Threads = 1 });
    }
}
