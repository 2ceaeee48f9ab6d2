namespace Vsr.Interop.LibTorch;

/// <summary>The calling thread's CUDA stream, from libtorch's C interface. A stream is the driver's CUstream; 0 is the default one.</summary>
internal sealed unsafe class StreamApi
{
    private readonly delegate* unmanaged<int, nint*, int> _current;
    private readonly delegate* unmanaged<nint, int, int> _setCurrent;
    private readonly delegate* unmanaged<byte, int, nint*, int> _fromPool;

    private StreamApi(SymbolLookup symbols)
    {
        _current = (delegate* unmanaged<int, nint*, int>)symbols.Require("aoti_torch_get_current_cuda_stream");
        _setCurrent = (delegate* unmanaged<nint, int, int>)symbols.Require("torch_set_current_cuda_stream");
        _fromPool = (delegate* unmanaged<byte, int, nint*, int>)symbols.Require("torch_get_cuda_stream_from_pool");
    }

    public static StreamApi? TryBind(SymbolLookup symbols)
    {
        StreamApi api = new(symbols);
        return symbols.IsComplete ? api : null;
    }

    public nint Current(int deviceIndex)
    {
        nint stream = 0;
        LibTorchCallException.ThrowIfFailed(_current(deviceIndex, &stream), "aoti_torch_get_current_cuda_stream");
        return stream;
    }

    public void SetCurrent(nint stream, int deviceIndex) =>
        LibTorchCallException.ThrowIfFailed(_setCurrent(stream, deviceIndex), "torch_set_current_cuda_stream");

    public nint FromPool(bool highPriority, int deviceIndex)
    {
        nint stream = 0;
        int result = _fromPool(highPriority ? (byte)1 : (byte)0, deviceIndex, &stream);
        LibTorchCallException.ThrowIfFailed(result, "torch_get_cuda_stream_from_pool");
        return stream;
    }
}
