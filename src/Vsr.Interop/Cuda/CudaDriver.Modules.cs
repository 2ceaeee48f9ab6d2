using System.Text;

namespace Vsr.Interop.Cuda;

/// <summary>Modules of compiled kernels and their launch.</summary>
internal sealed unsafe partial class CudaDriver
{
    private nint _launchKernel;

    /// <summary>One of the driver's CUdevice_attribute values of a device.</summary>
    public int Attribute(int attribute, int deviceIndex)
    {
        int device, value;
        Check(((delegate* unmanaged<int*, int, int>)Find("cuDeviceGet"))(&device, deviceIndex), "cuDeviceGet");
        Check(((delegate* unmanaged<int*, int, int, int>)Find("cuDeviceGetAttribute"))(&value, attribute, device),
            "cuDeviceGetAttribute");
        return value;
    }

    /// <summary>The name that compilers give a device's architecture: "sm_90".</summary>
    public string Architecture(int deviceIndex) =>
        $"sm_{Attribute(ComputeCapabilityMajor, deviceIndex)}{Attribute(ComputeCapabilityMinor, deviceIndex)}";

    /// <summary>Loads a compiled image (cubin) into the current context.</summary>
    /// <exception cref="CudaDriverException">The image is damaged, or for another device.</exception>
    public nint LoadModule(ReadOnlySpan<byte> image)
    {
        nint module;
        fixed (byte* data = image)
        {
            Check(((delegate* unmanaged<nint*, void*, int>)Find("cuModuleLoadData"))(&module, data), "cuModuleLoadData");
        }

        return module;
    }

    /// <summary>A kernel of a module by its name; valid as long as the module.</summary>
    public nint FindKernel(nint module, string name)
    {
        nint kernel;
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            Check(((delegate* unmanaged<nint*, nint, byte*, int>)Find("cuModuleGetFunction"))(&kernel, module, text),
                $"cuModuleGetFunction({name})");
        }

        return kernel;
    }

    /// <summary>Unloads a module of the current context; work that uses it must be done. Never fails.</summary>
    public void UnloadModule(nint module) => _ = ((delegate* unmanaged<nint, int>)Find("cuModuleUnload"))(module);

    /// <summary>Queues a kernel that takes one structure as its parameter; the structure is copied before the call returns.</summary>
    /// <param name="kernel">Of <see cref="FindKernel"/>.</param>
    /// <param name="blocks">Number of blocks across and down.</param>
    /// <param name="threads">Threads of a block across and down.</param>
    /// <param name="argument">The kernel's only parameter.</param>
    /// <param name="stream">The stream; of the current context.</param>
    public void Launch<T>(nint kernel, (int X, int Y) blocks, (int X, int Y) threads, in T argument, nint stream)
        where T : unmanaged
    {
        if (_launchKernel == 0)
        {
            _launchKernel = Find("cuLaunchKernel");
        }

        var launch = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)_launchKernel;
        fixed (T* data = &argument)
        {
            void* parameter = data;
            Check(launch(kernel, (uint)blocks.X, (uint)blocks.Y, 1, (uint)threads.X, (uint)threads.Y, 1, 0, stream, &parameter, null),
                "cuLaunchKernel");
        }
    }
}
