using TorchSharp;
using Vsr.Interop.Cuda;

namespace Vsr.Torch;

/// <summary>How full a GPU's memory is, all processes together.</summary>
public static class DeviceMemory
{
    /// <summary>Used and total bytes; null for the CPU, or when the driver does not tell.</summary>
    /// <param name="device">The device, used on the calling thread before.</param>
    public static (long UsedBytes, long TotalBytes)? Query(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CUDA && CudaDriver.Instance.Memory() is { } memory
            ? (memory.TotalBytes - memory.FreeBytes, memory.TotalBytes)
            : null;
    }
}
