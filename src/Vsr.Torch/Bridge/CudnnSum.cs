using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.Cudnn;
using static TorchSharp.torch;

namespace Vsr.Torch.Bridge;

/// <summary>cuDNN's target += convolution(input) for one shape: its descriptions of the tensors, and the call.</summary>
internal sealed class CudnnSum : IDisposable
{
    private static readonly Dictionary<int, nint> Handles = [];      // by GPU, kept until the process ends; also the lock of all calls

    private readonly CudnnLibrary _library;
    private readonly Device _device;
    private readonly long[] _shape;
    private readonly nint _input;
    private readonly nint _output;
    private readonly nint _filter;
    private readonly nint _convolution;
    private readonly long _workspaceBytes;
    private bool _isDisposed;

    private CudnnSum(CudnnLibrary library, Tensor weight, Tensor input, int padding)
    {
        _library = library;
        _device = input.device;
        _shape = input.shape;
        try
        {
            CudnnDataType type = weight.dtype == ScalarType.BFloat16 ? CudnnDataType.BFloat16 : CudnnDataType.Float16;
            (int n, int c, int h, int w) = ((int)_shape[0], (int)_shape[1], (int)_shape[2], (int)_shape[3]);
            _input = library.CreateDescriptor("Tensor");
            library.SetTensor(_input, type, n, c, h, w);
            _output = library.CreateDescriptor("Tensor");
            library.SetTensor(_output, type, n, (int)weight.size(0), h, w);
            _filter = library.CreateDescriptor("Filter");
            library.SetFilter(_filter, type, (int)weight.size(0), c, (int)weight.size(2), (int)weight.size(3));
            _convolution = library.CreateDescriptor("Convolution");
            library.SetConvolution(_convolution, padding);
            using CudaContextScope context = CudaDriver.Instance.Use(CudaStream.IndexOf(_device));
            lock (Handles)
            {
                _workspaceBytes = library.WorkspaceBytes(Handle(), _input, _filter, _convolution, _output);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether tensors are of a kind that is served: half precision on a GPU, channels innermost, the same size.</summary>
    public static bool Takes(Tensor target, Tensor input) =>
        input.device_type == DeviceType.CUDA && input.dtype is ScalarType.BFloat16 or ScalarType.Float16 && target.dtype == input.dtype
        && target.size(0) == input.size(0) && target.size(2) == input.size(2) && target.size(3) == input.size(3)
        && IsPacked(target) && IsPacked(input);

    /// <summary>For inputs of one's shape; null where there is no cuDNN 9.</summary>
    /// <exception cref="CudnnException">cuDNN has no such convolution.</exception>
    public static CudnnSum? TryCreate(Tensor weight, Tensor input, int padding) =>
        CudnnLibrary.Instance is { } library ? new CudnnSum(library, weight, input, padding) : null;

    public bool Fits(Tensor input) => input.shape.AsSpan().SequenceEqual(_shape);

    /// <summary>Queues target += convolution(input) on the current stream.</summary>
    /// <exception cref="CudnnException">cuDNN refuses.</exception>
    public void Run(Tensor target, Tensor input, Tensor weight)
    {
        using Tensor? workspace = _workspaceBytes == 0 ? null : empty(_workspaceBytes, ScalarType.Byte, _device);
        nint scratch = workspace is null ? 0 : TensorMemory.Address(workspace);
        using CudaContextScope context = CudaDriver.Instance.Use(CudaStream.IndexOf(_device));
        lock (Handles)
        {
            nint handle = Handle();
            _library.SetStream(handle, CudaStream.Current(_device).Handle);
            _library.AddConvolution(
                handle, (_input, TensorMemory.Address(input)), (_filter, TensorMemory.Address(weight)), _convolution,
                (scratch, _workspaceBytes), (_output, TensorMemory.Address(target)));
        }

        GC.KeepAlive(target);
        GC.KeepAlive(input);
        GC.KeepAlive(weight);
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _library.DestroyDescriptor("Tensor", _input);
            _library.DestroyDescriptor("Tensor", _output);
            _library.DestroyDescriptor("Filter", _filter);
            _library.DestroyDescriptor("Convolution", _convolution);
        }
    }

    private static bool IsPacked(Tensor x) => TensorLayout.IsChannelsLast(x) && (x.size(0) == 1 || x.stride(0) == x.size(1) * x.size(2) * x.size(3));

    private nint Handle()
    {
        int index = CudaStream.IndexOf(_device);
        if (!Handles.TryGetValue(index, out nint handle))
        {
            handle = _library.CreateHandle();
            Handles[index] = handle;
        }

        return handle;
    }
}
