using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.Nvrtc;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>A CUDA source file embedded in an assembly, compiled by NVRTC for each GPU at its first use, and the launch of its kernels.</summary>
/// <remarks>
/// Each kernel takes one structure. Compiled programs stay until the process ends. Neither the first use nor a kernel's first launch may be while a
/// graph is recorded. Safe from any thread.
/// </remarks>
/// <param name="assembly">Whose resource the source is.</param>
/// <param name="fileName">The resource's name.</param>
internal sealed class KernelProgram(Assembly assembly, string fileName)
{
    private readonly Lock _compiling = new();
    private readonly ConcurrentDictionary<int, Compiled> _programs = new();     // by GPU
    private readonly ConcurrentDictionary<(int Device, string Name), nint> _kernels = new();

    /// <summary>Whether kernels can be launched on a device.</summary>
    public bool IsAvailableOn(torch.Device device) => ProblemOn(device) is null;

    /// <summary>Why kernels cannot be launched on a device; null where they can.</summary>
    public string? ProblemOn(torch.Device device) =>
        device.type != DeviceType.CUDA ? $"{device} is no GPU"
        : LoadedLibTorch.CurrentOrNull is not { } library ? "no libtorch is loaded"
        : library.Bridge is not { Streams: not null, Blob: not null } ? "the loaded libtorch lacks streams or memory as a tensor"
        : On(CudaStream.IndexOf(device)).Problem;

    /// <summary>Queues a kernel on the current stream of a device where <see cref="IsAvailableOn"/> holds.</summary>
    /// <param name="device">A GPU.</param>
    /// <param name="name">The kernel's name in the source.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="threads">Threads of a block across and down.</param>
    /// <param name="job">The kernel's only parameter, laid out as in the source.</param>
    /// <exception cref="ArgumentException">The device is no GPU.</exception>
    /// <exception cref="BackendException">The program did not compile for the device, has no such kernel, or the driver refuses.</exception>
    public void Launch<T>(torch.Device device, string name, int blocks, (int X, int Y) threads, in T job)
        where T : unmanaged
    {
        int index = CudaStream.IndexOf(device);
        try
        {
            using CudaContextScope context = CudaDriver.Instance.Use(index);
            nint kernel = _kernels.GetOrAdd((index, name), key => Find(key.Device, key.Name));
            CudaDriver.Instance.Launch(kernel, (blocks, 1), threads, job, CudaStream.Current(device).Handle);
        }
        catch (CudaDriverException failure)
        {
            throw new BackendException($"the kernel {name} of {fileName}: {failure.Message}", failure) { IsOutOfMemory = failure.IsOutOfMemory };
        }
    }

    private nint Find(int device, string name) => On(device) is { Problem: { } problem }
        ? throw new BackendException($"the kernel {name} of {fileName} is not there: {problem}")
        : CudaDriver.Instance.FindKernel(On(device).Module, name);

    private Compiled On(int device)
    {
        if (_programs.TryGetValue(device, out Compiled known))
        {
            return known;
        }

        lock (_compiling)
        {
            if (!_programs.TryGetValue(device, out known))
            {
                known = Compile(device);
                _programs[device] = known;
            }

            return known;
        }
    }

    private Compiled Compile(int device)
    {
        try
        {
            using CudaContextScope context = CudaDriver.Instance.Use(device);
            byte[] image = NvrtcLibrary.Load(NvidiaFolders.Find())
                .Compile(ReadSource(), fileName, [$"--gpu-architecture={CudaDriver.Instance.Architecture(device)}"]);
            return new(CudaDriver.Instance.LoadModule(image), Problem: null);
        }
        catch (Exception failure) when (failure is NvrtcException or CudaDriverException or EntryPointNotFoundException)
        {
            return new(0, failure.Message);
        }
    }

    private string ReadSource()
    {
        using Stream stream = assembly.GetManifestResourceStream(fileName)
            ?? throw new InvalidOperationException($"{fileName} is not embedded in the assembly");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private readonly record struct Compiled(nint Module, string? Problem);
}
