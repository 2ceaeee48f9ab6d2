using System.Runtime.InteropServices;

namespace Vsr.Interop.Cuda;

/// <summary>The CUDA driver API (libcuda.so.1): devices, memory, events. Present on any host with an NVIDIA driver, without a toolkit.</summary>
internal sealed unsafe partial class CudaDriver
{
    private const int Success = 0;
    private const int ComputeCapabilityMajor = 75;
    private const int ComputeCapabilityMinor = 76;
    private static readonly Lazy<CudaDriver> Loaded = new(() => new CudaDriver());

    private readonly NativeExports _exports;

    private CudaDriver()
    {
        bool isLoaded = NativeLibrary.TryLoad("libcuda.so.1", out nint library);
        _exports = new NativeExports(library);
        if (!isLoaded)
        {
            Problem = "there is no NVIDIA driver (libcuda.so.1 was not found)";
            return;
        }

        var initialize = (delegate* unmanaged<uint, int>)Find("cuInit");
        int result = initialize(0);
        if (result != Success)
        {
            Problem = $"the NVIDIA driver does not start: {ErrorName(result)}";
            return;
        }

        int count = 0;
        int version = 0;
        ((delegate* unmanaged<int*, int>)Find("cuDeviceGetCount"))(&count);
        ((delegate* unmanaged<int*, int>)Find("cuDriverGetVersion"))(&version);
        DeviceCount = count;
        CudaVersion = new Version(version / 1000, version % 1000 / 10);
        Problem = count == 0 ? "the NVIDIA driver sees no GPU" : null;
    }

    public static CudaDriver Instance => Loaded.Value;

    /// <summary>Why no GPU can be used; null when there is one.</summary>
    public string? Problem { get; }

    public int DeviceCount { get; }

    /// <summary>The newest CUDA that the driver serves; null without a driver.</summary>
    public Version? CudaVersion { get; }

    /// <summary>The kernel module's version ("580.95.05"); null when it cannot be told.</summary>
    public static string? KernelModuleVersion()
    {
        const string path = "/proc/driver/nvidia/version";
        string? line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word.Contains('.') && Version.TryParse(word, out _));
    }

    public CudaDeviceDescription Describe(int index)
    {
        int device;
        Check(((delegate* unmanaged<int*, int, int>)Find("cuDeviceGet"))(&device, index), "cuDeviceGet");
        byte* name = stackalloc byte[256];
        Check(((delegate* unmanaged<byte*, int, int, int>)Find("cuDeviceGetName"))(name, 256, device), "cuDeviceGetName");
        nuint bytes;
        Check(((delegate* unmanaged<nuint*, int, int>)Find("cuDeviceTotalMem_v2"))(&bytes, device), "cuDeviceTotalMem");
        var attribute = (delegate* unmanaged<int*, int, int, int>)Find("cuDeviceGetAttribute");
        int major, minor;
        Check(attribute(&major, ComputeCapabilityMajor, device), "cuDeviceGetAttribute");
        Check(attribute(&minor, ComputeCapabilityMinor, device), "cuDeviceGetAttribute");
        return new(Marshal.PtrToStringUTF8((nint)name) ?? "", (long)bytes, new Version(major, minor));
    }

    /// <summary>A GPU's identity, the same in every process and numbering; null where the driver does not tell.</summary>
    public Guid? Uuid(int index)
    {
        int device;
        Check(((delegate* unmanaged<int*, int, int>)Find("cuDeviceGet"))(&device, index), "cuDeviceGet");
        byte* bytes = stackalloc byte[16];
        int result = ((delegate* unmanaged<byte*, int, int>)Find("cuDeviceGetUuid"))(bytes, device);
        return result == Success ? new Guid(new ReadOnlySpan<byte>(bytes, 16), bigEndian: true) : null;
    }

    /// <summary>Free and total bytes of the current context's device; null when no context is current on this thread.</summary>
    public (long FreeBytes, long TotalBytes)? Memory()
    {
        nuint free, total;
        int result = ((delegate* unmanaged<nuint*, nuint*, int>)Find("cuMemGetInfo_v2"))(&free, &total);
        return result == Success ? ((long)free, (long)total) : null;
    }

    /// <summary>The address of a driver function.</summary>
    /// <exception cref="EntryPointNotFoundException">The driver does not export it.</exception>
    public nint Find(string symbol) => _exports.Find(symbol);

    /// <exception cref="CudaDriverException">The call did not succeed.</exception>
    public void Check(int result, string call)
    {
        if (result != Success)
        {
            throw new CudaDriverException(call, result, ErrorName(result));
        }
    }

    private string ErrorName(int result)
    {
        byte* text = null;
        return ((delegate* unmanaged<int, byte**, int>)Find("cuGetErrorName"))(result, &text) == Success && text is not null
            ? $"{Marshal.PtrToStringUTF8((nint)text)} ({result})"
            : $"error {result}";
    }
}
