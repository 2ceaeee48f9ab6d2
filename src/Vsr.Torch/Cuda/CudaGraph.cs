using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.LibTorch;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>Work for a GPU that was recorded once and is launched again as a whole.</summary>
/// <remarks>
/// A replay repeats the same kernels on the same memory. So inside the recorded work: no value is read back (item, cpu, a
/// print), shapes do not depend on values, and numbers from C# are frozen: what changes from replay to replay lives in
/// tensors made before the capture and is copied into them in place. Tensors made inside the work live in the graph's own
/// memory; those that are read afterwards must be kept, and are overwritten by the next replay.
/// </remarks>
public sealed class CudaGraph : IDisposable
{
    private readonly GraphApi _api;
    private readonly torch.Device _device;
    private nint _graph;

    private CudaGraph(GraphApi api, torch.Device device, nint graph)
    {
        _api = api;
        _device = device;
        _graph = graph;
    }

    /// <summary>Whether the loaded libtorch can record graphs on a device.</summary>
    public static bool IsAvailable(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CUDA && LoadedLibTorch.Current.Bridge is { Graphs: not null, Streams: not null };
    }

    /// <summary>Runs work a few times, then records it.</summary>
    /// <param name="device">The GPU.</param>
    /// <param name="work">The work; called warmUps + 1 times, on a stream of its own. Its effects on tensors during the
    /// warm-up are real; the recording itself computes nothing.</param>
    /// <param name="warmUps">How often to run it before: libraries choose their algorithms and fill their caches. Default: 3.</param>
    /// <exception cref="BackendException">Graphs are missing, or the work holds something that cannot be recorded. An exception
    /// of the work itself passes through.</exception>
    public static CudaGraph Capture(torch.Device device, Action work, int warmUps = 3)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfNegative(warmUps);
        if (!IsAvailable(device) || LoadedLibTorch.Current.Bridge.Graphs is not { } api)
        {
            LoadedLibTorch.Current.Bridge.NoteMissing("CUDA graphs");
            throw new BackendException($"CUDA graphs cannot be recorded on device '{device}'");
        }

        CudaStream outer = CudaStream.Current(device);
        CudaStream inner = CudaStream.FromPool(device);
        inner.WaitFor(outer);
        CudaGraph graph;
        using (new CudaStreamScope(inner))
        {
            for (int i = 0; i < warmUps; i++)
            {
                work();
            }

            torch.cuda.synchronize(device);
            graph = Record(api, device, inner, work);
        }

        outer.WaitFor(inner);
        return graph;
    }

    /// <summary>Queues the recorded work on the calling thread's current stream.</summary>
    public void Replay()
    {
        ObjectDisposedException.ThrowIf(_graph == 0, this);
        _api.Replay(_graph);
    }

    /// <summary>Waits for the device, then frees the recording and its memory.</summary>
    public void Dispose()
    {
        if (_graph != 0)
        {
            torch.cuda.synchronize(_device);
            Free(_api, _graph);
            _graph = 0;
        }
    }

    private static unsafe CudaGraph Record(GraphApi api, torch.Device device, CudaStream stream, Action work)
    {
        nint graph = (nint)NativeMemory.AllocZeroed(GraphApi.ObjectBytes);
        api.Construct(graph);
        api.CaptureBegin(graph);
        try
        {
            work();
        }
        catch
        {
            if (TryEnd(api, graph, stream))
            {
                Free(api, graph);
            }

            throw;
        }

        return TryEnd(api, graph, stream)
            ? new CudaGraph(api, device, graph)
            : throw new BackendException("the work cannot be recorded as a CUDA graph: it waits for the device or reads a value back");
    }

    // libtorch would throw through C#, which ends the process, if the capture has been broken: it is ended by the driver
    // then, and the object stays allocated because libtorch's memory pool still refers to it
    private static bool TryEnd(GraphApi api, nint graph, CudaStream stream)
    {
        if (CudaDriver.Instance.CaptureStatus(stream.Handle) == StreamCaptureStatus.Active)
        {
            api.CaptureEnd(graph);
            return true;
        }

        CudaDriver.Instance.AbandonCapture(stream.Handle);
        return false;
    }

    private static unsafe void Free(GraphApi api, nint graph)
    {
        api.Destruct(graph);
        NativeMemory.Free((void*)graph);
    }
}
