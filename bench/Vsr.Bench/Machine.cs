using System.Runtime.InteropServices;
using Vsr.Interop.Cuda;
using Vsr.Torch;

namespace Vsr.Bench;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe(Backend backend)
    {
        string device = backend.IsCuda
            ? $"{CudaDriver.Instance.Describe(Math.Max(0, backend.Device.index)).Name}, driver {CudaDriver.KernelModuleVersion() ?? "unknown"}"
            : $"CPU, {Environment.ProcessorCount} processors";
        string missing = backend.Missing.Count == 0 ? "" : $", missing: {string.Join(", ", backend.Missing)}";
        return $"{device}, libtorch {backend.LibTorchVersion} ({backend.Origin}), {RuntimeInformation.FrameworkDescription}{missing}";
    }
}
