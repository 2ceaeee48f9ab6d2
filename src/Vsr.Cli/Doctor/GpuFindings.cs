using Vsr.Interop.Cuda;

namespace Vsr.Cli.Doctor;

/// <summary>The NVIDIA driver and its GPUs.</summary>
internal sealed record GpuFindings(
    string? Driver,
    string? DriverCuda,
    IReadOnlyList<GpuDevice> Devices,
    string? Problem)
{
    public static GpuFindings Collect()
    {
        CudaDriver driver = CudaDriver.Instance;
        try
        {
            return new(
                CudaDriver.KernelModuleVersion(),
                driver.CudaVersion?.ToString(),
                Enumerable.Range(0, driver.DeviceCount).Select(Describe).ToList(),
                driver.Problem);
        }
        catch (Exception failure) when (failure is CudaDriverException or EntryPointNotFoundException)
        {
            return new(CudaDriver.KernelModuleVersion(), driver.CudaVersion?.ToString(), [], failure.Message);
        }
    }

    private static GpuDevice Describe(int index)
    {
        CudaDeviceDescription device = CudaDriver.Instance.Describe(index);
        return new(index, device.Name, device.MemoryBytes, device.ComputeCapability.ToString());
    }
}
