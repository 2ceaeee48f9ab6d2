using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.Cudnn;
using Vsr.Torch.Loading;
using static TorchSharp.torch;

namespace Vsr.Torch.Bridge;

/// <summary>cuDNN's target += convolution(input) for one shape: its descriptions of the tensors, and the call.</summary>
/// <remarks>A stream's first call allocates: work that is recorded runs once before, on the stream that records it.</remarks>
internal sealed class CudnnSum : IDisposable
{
    // by GPU and stream, of which libtorch has a fixed number: a handle's work belongs to one stream. Kept until the process ends
    private static readonly Dictionary<(int Device, nint Stream), Handle> Handles = [];

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
            Handle handle = HandleOf(CudaStream.Current(_device));
            lock (handle)
            {
                _workspaceBytes = library.WorkspaceBytes(handle.Value, _input, _filter, _convolution, _output);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether tensors are of a kind that is served: half precision on one GPU, channels innermost, of sizes that fit.</summary>
    public static bool Takes(Tensor target, Tensor input, Tensor weight) =>
        input.device_type == DeviceType.CUDA && input.dtype is ScalarType.BFloat16 or ScalarType.Float16
        && target.dtype == input.dtype && weight.dtype == input.dtype
        && target.device_type == DeviceType.CUDA && target.device_index == input.device_index
        && weight.device_type == DeviceType.CUDA && weight.device_index == input.device_index
        && target.dim() == 4 && input.dim() == 4
        && target.size(0) == input.size(0) && target.size(2) == input.size(2) && target.size(3) == input.size(3)
        && target.size(1) == weight.size(0) && input.size(1) == weight.size(1)
        && TensorLayout.IsChannelsLast(target) && TensorLayout.IsChannelsLast(input) && TensorLayout.IsChannelsLast(weight)
        && LoadedLibTorch.Current.Bridge is { Streams: not null, Blob: not null };

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
        Handle handle = HandleOf(CudaStream.Current(_device));
        lock (handle)
        {
            _library.AddConvolution(
                handle.Value, (_input, TensorMemory.Address(input)), (_filter, TensorMemory.Address(weight)), _convolution,
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

    private Handle HandleOf(CudaStream stream)
    {
        lock (Handles)
        {
            if (!Handles.TryGetValue((stream.DeviceIndex, stream.Handle), out Handle? handle))
            {
                handle = new Handle(_library.CreateHandle());
                _library.SetStream(handle.Value, stream.Handle);
                Handles[(stream.DeviceIndex, stream.Handle)] = handle;
            }

            return handle;
        }
    }

    /// <summary>cuDNN's handle, and the lock of its calls.</summary>
    private sealed record Handle(nint Value);
}
