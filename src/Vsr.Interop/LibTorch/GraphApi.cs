namespace Vsr.Interop.LibTorch;

/// <summary>at::cuda::CUDAGraph by its C++ names (ATen/cuda/CUDAGraph.h, libtorch 2.10 and 2.11).</summary>
/// <remarks>
/// The object lives in a zeroed buffer that is far larger than it (about 100 bytes). An exception thrown by these
/// functions ends the process: callers check the state of stream and graph first.
/// </remarks>
internal sealed unsafe class GraphApi
{
    /// <summary>The size of the buffer for one object.</summary>
    public const int ObjectBytes = 16 * 1024;

    private const int ThreadLocalMode = 1;

    private readonly delegate* unmanaged<nint, byte, void> _construct;
    private readonly delegate* unmanaged<nint, void> _destruct;
    private readonly delegate* unmanaged<nint, ulong, ulong, int, void> _captureBegin;
    private readonly delegate* unmanaged<nint, void> _captureEnd;
    private readonly delegate* unmanaged<nint, void> _replay;

    private GraphApi(SymbolLookup symbols)
    {
        const string prefix = "_ZN2at4cuda9CUDAGraph";
        _construct = (delegate* unmanaged<nint, byte, void>)symbols.Require(prefix + "C1Eb");
        _destruct = (delegate* unmanaged<nint, void>)symbols.Require(prefix + "D1Ev");
        _captureBegin = (delegate* unmanaged<nint, ulong, ulong, int, void>)
            symbols.Require(prefix + "13capture_beginESt4pairIyyE21cudaStreamCaptureMode");
        _captureEnd = (delegate* unmanaged<nint, void>)symbols.Require(prefix + "11capture_endEv");
        _replay = (delegate* unmanaged<nint, void>)symbols.Require(prefix + "6replayEv");
    }

    public static GraphApi? TryBind(SymbolLookup symbols)
    {
        GraphApi api = new(symbols);
        return symbols.IsComplete ? api : null;
    }

    public void Construct(nint graph) => _construct(graph, 0);

    public void Destruct(nint graph) => _destruct(graph);

    /// <summary>Begins to record what this thread queues on its current stream, with a memory pool of the graph's own.</summary>
    public void CaptureBegin(nint graph) => _captureBegin(graph, 0, 0, ThreadLocalMode);

    public void CaptureEnd(nint graph) => _captureEnd(graph);

    public void Replay(nint graph) => _replay(graph);
}
