using System.Runtime.InteropServices;

namespace Vsr.Interop.Nvml;

/// <summary>NVIDIA's management library (libnvidia-ml.so.1): how busy a GPU's engines are. Comes with the driver.</summary>
internal sealed unsafe class NvmlLibrary
{
    private const int Success = 0;
    private static readonly Lazy<NvmlLibrary?> Loaded = new(Load);

    private readonly delegate* unmanaged<byte*, nint*, int> _deviceByUuid;
    private readonly delegate* unmanaged<nint, uint*, uint*, int> _decoderUtilization;

    private NvmlLibrary(nint library)
    {
        _deviceByUuid = (delegate* unmanaged<byte*, nint*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetHandleByUUID");
        _decoderUtilization = (delegate* unmanaged<nint, uint*, uint*, int>)NativeLibrary.GetExport(
            library, "nvmlDeviceGetDecoderUtilization");
    }

    /// <summary>The library, started; null where it is not there or refuses.</summary>
    public static NvmlLibrary? Instance => Loaded.Value;

    /// <summary>NVML's handle of a GPU; null where it does not know it.</summary>
    /// <param name="uuid">The GPU's identity as cuDeviceGetUuid gives it: the same GPU whatever CUDA_VISIBLE_DEVICES renumbers.</param>
    public nint? Find(Guid uuid)
    {
        Span<byte> name = stackalloc byte[64];
        name.Clear();
        System.Text.Encoding.ASCII.GetBytes($"GPU-{uuid:D}", name);
        nint device;
        fixed (byte* text = name)
        {
            return _deviceByUuid(text, &device) == Success ? device : null;
        }
    }

    /// <summary>How busy the decoder engines were over NVML's last sampling period, in percent; null where it does not tell.</summary>
    public int? DecoderPercent(nint device)
    {
        uint percent, periodMicroseconds;
        return _decoderUtilization(device, &percent, &periodMicroseconds) == Success ? (int)percent : null;
    }

    private static NvmlLibrary? Load()
    {
        if (!NativeLibrary.TryLoad("libnvidia-ml.so.1", out nint library)
            || !NativeLibrary.TryGetExport(library, "nvmlInit_v2", out nint start)
            || ((delegate* unmanaged<int>)start)() != Success)
        {
            return null;
        }

        try
        {
            return new NvmlLibrary(library);
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }
}
