namespace Vsr.Interop.LibTorch;

/// <summary>Memory of somebody else as a tensor.</summary>
internal sealed unsafe class BlobApi
{
    private const int StridedLayout = 0;

    private readonly delegate* unmanaged<void*, long, long*, long*, long, int, int, int, nint*, int> _create;
    private readonly delegate* unmanaged<void*, long, long*, long*, long, int, int, int, nint*, int, byte*, long,
        delegate* unmanaged<void*, void*, void>, void*, int> _createWithDeleter;

    private readonly delegate* unmanaged<nint, nint*, int> _dataPointer;

    private BlobApi(SymbolLookup symbols, SymbolLookup deleterSymbols)
    {
        _create = (delegate* unmanaged<void*, long, long*, long*, long, int, int, int, nint*, int>)
            symbols.Require("aoti_torch_create_tensor_from_blob");
        _dataPointer = (delegate* unmanaged<nint, nint*, int>)symbols.Require("aoti_torch_get_data_ptr");
        _createWithDeleter = (delegate* unmanaged<void*, long, long*, long*, long, int, int, int, nint*, int, byte*, long,
            delegate* unmanaged<void*, void*, void>, void*, int>)deleterSymbols.Require("torch_from_blob");
    }

    /// <summary>Whether libtorch calls back when the last view of the memory is gone (from 2.11 on).</summary>
    public bool HasDeleter => _createWithDeleter is not null;

    public static BlobApi? TryBind(SymbolLookup symbols, SymbolLookup deleterSymbols)
    {
        BlobApi api = new(symbols, deleterSymbols);
        return symbols.IsComplete ? api : null;
    }

    /// <summary>The address of a tensor's first value; the tensor keeps the memory.</summary>
    public nint DataPointer(nint tensor)
    {
        nint data = 0;
        LibTorchCallException.ThrowIfFailed(_dataPointer(tensor, &data), "aoti_torch_get_data_ptr");
        return data;
    }

    /// <summary>A handle to a tensor over the memory, which it does not own.</summary>
    public nint Create(nint data, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, int dtype, int deviceType, int deviceIndex)
    {
        nint tensor;
        fixed (long* sizes = shape, steps = strides)
        {
            int result = _create((void*)data, shape.Length, sizes, steps, 0, dtype, deviceType, deviceIndex, &tensor);
            LibTorchCallException.ThrowIfFailed(result, "aoti_torch_create_tensor_from_blob");
        }

        return tensor;
    }

    /// <summary>A handle to a tensor over the memory; the deleter is called once, with data and context, on any thread.</summary>
    public nint Create(
        nint data, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, int dtype, int deviceType, int deviceIndex,
        delegate* unmanaged<void*, void*, void> deleter, nint context)
    {
        nint tensor;
        fixed (long* sizes = shape, steps = strides)
        {
            int result = _createWithDeleter(
                (void*)data, shape.Length, sizes, steps, 0, dtype, deviceType, deviceIndex, &tensor,
                StridedLayout, null, 0, deleter, (void*)context);
            LibTorchCallException.ThrowIfFailed(result, "torch_from_blob");
        }

        return tensor;
    }
}
