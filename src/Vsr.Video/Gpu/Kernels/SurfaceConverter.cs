using System.Collections.Concurrent;
using Vsr.Interop.Cuda;

namespace Vsr.Video;

/// <summary>
/// Converts decoded pictures in device memory to their place in a batch tensor with one kernel: chroma, matrix, range, crop,
/// flips, transposition, scale and type in one pass.
/// </summary>
/// <remarks>
/// <para>
/// The results are those of <see cref="RgbConverter"/> (the same operations in the same order, none fused): of its 8-bit
/// conversion for uint8, of its float conversion, scaled and rounded to the type, for the others.
/// </para>
/// <para>
/// Safe from any thread; keep one a device and share it. The device's primary context must be current on the calling thread;
/// the converter takes part in it from its first kernel until it is disposed, so that it does not go away under the kernels.
/// Work is queued on the given stream and nothing waits for it. The kernel is compiled by NVRTC at the first use of each
/// combination of surface format, channels and type, and kept on disk for the next process.
/// </para>
/// </remarks>
internal sealed class SurfaceConverter : IDisposable
{
    private readonly int _device;
    private readonly KernelCompiler _compiler;
    private readonly CudaDriver _driver = CudaDriver.Instance;
    private readonly ConcurrentDictionary<KernelVariant, nint> _kernels = new();
    private readonly List<nint> _modules = [];
    private readonly Lock _gate = new();
    private nint _context;
    private bool _disposed;

    /// <summary>A converter for a device; nothing is loaded or compiled yet.</summary>
    /// <param name="device">Index of the GPU.</param>
    /// <param name="compilerFolders">Folders that may hold NVRTC (libnvrtc.so.13, .12), beside the loader's.</param>
    /// <param name="cacheFolder">Where compiled kernels are kept; null is "kernels" in the user's cache folder.</param>
    public SurfaceConverter(int device, IEnumerable<string>? compilerFolders = null, string? cacheFolder = null)
    {
        _device = device;
        _compiler = new KernelCompiler(compilerFolders ?? [], new KernelCache(cacheFolder ?? CacheFolder.Named("kernels")));
    }

    /// <summary>Number of kernels that were compiled, not found on disk.</summary>
    public int Compilations { get; private set; }

    /// <summary>Loads what conversions of this kind need, so that the first picture does not wait and errors come early.</summary>
    /// <exception cref="DecoderUnavailableException">There is no NVRTC.</exception>
    /// <exception cref="VsrException">The kernel cannot be compiled for this GPU.</exception>
    public void Prepare(SurfaceFormat format, SampleColor channels, SampleType type)
    {
        int depth = 8 * SurfaceLayouts.SampleBytes(format);
        ColorTransform transform = ColorTransform.Of(SurfaceLayouts.Of(format, depth), null, null, 0, channels);
        Kernel(KernelVariant.Of(format, channels, type, transform));
    }

    /// <summary>Queues the conversion of one picture.</summary>
    /// <param name="surface">The picture; it must stay valid until the stream has passed this work.</param>
    /// <param name="conversion">What to make of it and where to put it; so must the output.</param>
    /// <param name="stream">A stream of the device's primary context; 0 is the default stream.</param>
    /// <exception cref="ArgumentException">The crop, an address, a pitch or a depth does not fit.</exception>
    /// <exception cref="VsrException">As <see cref="Prepare"/>, or the matrix cannot be converted.</exception>
    /// <exception cref="CudaDriverException">The kernel cannot be queued.</exception>
    public void Convert(in DeviceSurface surface, in SurfaceConversion conversion, nint stream)
    {
        conversion.RequireFits(surface);
        PictureLayout layout = SurfaceLayouts.Of(surface.Format, surface.BitDepth);
        ColorTransform transform = ColorTransform.Of(
            layout, conversion.Color.Matrix, conversion.Color.Range, surface.Height, conversion.Channels);
        nint kernel = Kernel(KernelVariant.Of(surface.Format, conversion.Channels, conversion.Type, transform));
        SurfaceKernelArguments arguments = SurfaceKernelArguments.Of(surface, conversion, layout, transform);
        bool yIsFast = arguments.YIsFast != 0;
        (int width, int height) = (conversion.Crop.Width, conversion.Crop.Height);
        _driver.Launch(kernel, KernelVariant.Blocks(yIsFast ? height : width, yIsFast ? width : height),
            (KernelVariant.FastThreads, KernelVariant.SlowThreads), arguments, stream);
    }

    /// <summary>Unloads the kernels. The work queued with them must be done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _kernels.Clear();
            if (_context != 0)
            {
                nint before = _driver.CurrentContext();
                _driver.SetCurrentContext(_context);
                _modules.ForEach(_driver.UnloadModule);
                _driver.SetCurrentContext(before);
                _driver.ReleasePrimaryContext(_device);
            }
        }
    }

    private nint Kernel(KernelVariant variant)
    {
        if (_kernels.TryGetValue(variant, out nint kernel))
        {
            return kernel;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_kernels.TryGetValue(variant, out kernel))
            {
                kernel = LoadKernel(variant);
                _kernels[variant] = kernel;
            }

            return kernel;
        }
    }

    private nint LoadKernel(KernelVariant variant)
    {
        if (_driver.Problem is { } problem)
        {
            throw new DecoderUnavailableException($"frames cannot be converted on the GPU: {problem}");
        }

        if (_context == 0)
        {
            _context = _driver.RetainPrimaryContext(_device);
        }

        string architecture = _driver.Architecture(_device);
        byte[] image = _compiler.Compile(variant, architecture, anew: false, out bool wasKept);
        nint before = _driver.CurrentContext();
        _driver.SetCurrentContext(_context);
        try
        {
            nint module = LoadModule(variant, architecture, image, ref wasKept);
            Compilations += wasKept ? 0 : 1;
            _modules.Add(module);
            return _driver.FindKernel(module, KernelCompiler.KernelName);
        }
        finally
        {
            _driver.SetCurrentContext(before);
        }
    }

    // A kept image that the driver refuses is compiled anew.
    private nint LoadModule(KernelVariant variant, string architecture, byte[] image, ref bool wasKept)
    {
        try
        {
            return _driver.LoadModule(image);
        }
        catch (CudaDriverException) when (wasKept)
        {
            wasKept = false;
            return _driver.LoadModule(_compiler.Compile(variant, architecture, anew: true, out _));
        }
    }
}
