using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.Nvrtc;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>A CUDA source file embedded in an assembly, compiled by NVRTC for each GPU at its first use, and the launch of its kernels.</summary>
/// <remarks>Each kernel takes one structure. Compiled programs stay until the process ends. The first use must not be while a graph is recorded.</remarks>
/// <param name="assembly">Whose resource the source is.</param>
/// <param name="fileName">The resource's name.</param>
internal sealed class KernelProgram(Assembly assembly, string fileName)
{
    private readonly ConcurrentDictionary<int, nint> _modules = new();          // 0 where there is none
    private readonly ConcurrentDictionary<int, string> _problems = new();
    private readonly ConcurrentDictionary<(int Device, string Name), nint> _kernels = new();

    private static bool CanLaunch => LoadedLibTorch.CurrentOrNull?.Bridge is { Streams: not null, Blob: not null };

    /// <summary>Whether kernels can be launched on a device.</summary>
    public bool IsAvailableOn(torch.Device device) =>
        device.type == DeviceType.CUDA && CanLaunch && _modules.GetOrAdd(CudaStream.IndexOf(device), Compile) != 0;

    /// <summary>Why kernels cannot be launched on a device; null where they can.</summary>
    public string? ProblemOn(torch.Device device) => IsAvailableOn(device) ? null
        : device.type != DeviceType.CUDA ? $"{device} is no GPU"
        : !CanLaunch ? "the loaded libtorch lacks streams or memory as a tensor"
        : _problems[CudaStream.IndexOf(device)];

    /// <summary>Queues a kernel on the current stream of a device where <see cref="IsAvailableOn"/> holds.</summary>
    /// <param name="device">A GPU.</param>
    /// <param name="name">The kernel's name in the source.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="threads">Threads of a block across and down.</param>
    /// <param name="job">The kernel's only parameter, laid out as in the source.</param>
    /// <exception cref="BackendException">There is no such kernel, or the driver refuses.</exception>
    public void Launch<T>(torch.Device device, string name, int blocks, (int X, int Y) threads, in T job)
        where T : unmanaged
    {
        int index = CudaStream.IndexOf(device);
        try
        {
            using CudaContextScope context = CudaDriver.Instance.Use(index);
            nint kernel = _kernels.GetOrAdd((index, name), key => CudaDriver.Instance.FindKernel(_modules[key.Device], key.Name));
            CudaDriver.Instance.Launch(kernel, (blocks, 1), threads, job, CudaStream.Current(device).Handle);
        }
        catch (CudaDriverException failure)
        {
            throw new BackendException($"the kernel {name} of {fileName}: {failure.Message}", failure);
        }
    }

    private nint Compile(int device)
    {
        try
        {
            using CudaContextScope context = CudaDriver.Instance.Use(device);
            byte[] image = NvrtcLibrary.Load(NvidiaFolders.Find())
                .Compile(ReadSource(), fileName, [$"--gpu-architecture={CudaDriver.Instance.Architecture(device)}"]);
            return CudaDriver.Instance.LoadModule(image);
        }
        catch (Exception failure) when (failure is NvrtcException or CudaDriverException or EntryPointNotFoundException)
        {
            _problems[device] = failure.Message;
            return 0;
        }
    }

    private string ReadSource()
    {
        using Stream stream = assembly.GetManifestResourceStream(fileName)
            ?? throw new InvalidOperationException($"{fileName} is not embedded in the assembly");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
