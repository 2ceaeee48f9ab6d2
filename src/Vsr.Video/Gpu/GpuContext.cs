using System.Collections.Concurrent;
using Vsr.Interop.Cuda;
using Vsr.Interop.Nvcuvid;

namespace Vsr.Video;

/// <summary>A share in the primary context of a GPU, the one that libtorch uses too, and what its decoder engines take.</summary>
/// <remarks>All members may be used from any thread. Dispose it after everything that was made with it.</remarks>
internal sealed class GpuContext : IDisposable
{
    private readonly ConcurrentDictionary<NvdecKey, NvdecCapabilities?> _capabilities = new();
    private readonly nint _context;
    private bool _disposed;

    private GpuContext(int device)
    {
        Device = device;
        _context = CudaDriver.Instance.RetainPrimaryContext(device);
    }

    /// <summary>The number of the GPU.</summary>
    public int Device { get; }

    /// <summary>Takes part in the context of a GPU.</summary>
    /// <exception cref="DecoderUnavailableException">There is no such GPU, or its driver decodes no video.</exception>
    public static GpuContext Open(int device)
    {
        string? problem = Problem(device);
        if (problem is not null)
        {
            throw new DecoderUnavailableException($"NVDEC cannot be used: {problem}") { Hint = "--decoder software reads every video" };
        }

        try
        {
            return new GpuContext(device);
        }
        catch (CudaDriverException failure)
        {
            throw new DecoderUnavailableException($"NVDEC cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>Whether there is such a GPU at all.</summary>
    public static bool Exists(int device) =>
        CudaDriver.Instance.Problem is null && device >= 0 && device < CudaDriver.Instance.DeviceCount;

    /// <summary>Why a GPU decodes no video; null when it does.</summary>
    public static string? Problem(int device)
    {
        if (CudaDriver.Instance.Problem is { } problem)
        {
            return problem;
        }

        return !Exists(device)
            ? $"there is no GPU {device}; the driver sees {CudaDriver.Instance.DeviceCount}, numbered from 0"
            : NvcuvidLibrary.Instance.Problem is { } missing
                ? $"{missing} (in a container, NVIDIA_DRIVER_CAPABILITIES must include 'video')"
                : null;
    }

    /// <summary>Makes the context the calling thread's, as all work with the GPU needs.</summary>
    public void MakeCurrent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CudaDriver.Instance.SetCurrentContext(_context);
    }

    /// <summary>
    /// Makes the context that of a thread which only serves readers. It may make decoders and ask for events while another thread
    /// records a CUDA graph, as training does: by default the driver refuses that and breaks the recording.
    /// </summary>
    public void BeginThread()
    {
        MakeCurrent();
        CudaDriver.Instance.IgnoreCapturesOfOtherThreads();
    }

    /// <summary>What the engines take of one kind of video; null where they do not decode it.</summary>
    public NvdecCapabilities? Capabilities(NvdecKey key) => _capabilities.GetOrAdd(key, asked =>
    {
        MakeCurrent();
        return NvdecCapabilities.Ask(asked.Codec, asked.Chroma, asked.BitDepth);
    });

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            CudaDriver.Instance.ReleasePrimaryContext(Device);
        }
    }
}
