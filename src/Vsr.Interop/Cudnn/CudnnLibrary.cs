using System.Runtime.InteropServices;

namespace Vsr.Interop.Cudnn;

/// <summary>NVIDIA's library of network layers (libcudnn.so.9), of which one function is used: a convolution added to what is there already.</summary>
/// <remarks>libtorch's operators convolve and then add, which reads and writes the sum once more. Calls are those of cuDNN 9's legacy interface.</remarks>
internal sealed unsafe class CudnnLibrary
{
    private const int MajorVersion = 9;
    private static readonly Lazy<CudnnLibrary?> Loaded = new(Load);

    private readonly NativeExports _exports;

    private CudnnLibrary(nint library) => _exports = new NativeExports(library);

    /// <summary>The library, the one that libtorch has loaded where it has; null where there is none of this version.</summary>
    public static CudnnLibrary? Instance => Loaded.Value;

    /// <summary>Version as the library tells it: 91900 is 9.19.0.</summary>
    public long Version => (long)((delegate* unmanaged<nuint>)Find("cudnnGetVersion"))();

    /// <summary>A handle, on the GPU of the calling thread's context. Its calls must not overlap.</summary>
    /// <exception cref="CudnnException">cuDNN refuses.</exception>
    public nint CreateHandle()
    {
        nint handle;
        Check(((delegate* unmanaged<nint*, int>)Find("cudnnCreate"))(&handle), "cudnnCreate");
        return handle;
    }

    /// <summary>Queues what comes next on a stream of the driver.</summary>
    /// <exception cref="CudnnException">cuDNN refuses.</exception>
    public void SetStream(nint handle, nint stream) =>
        Check(((delegate* unmanaged<nint, nint, int>)Find("cudnnSetStream"))(handle, stream), "cudnnSetStream");

    /// <summary>Makes one of cuDNN's descriptions.</summary>
    /// <param name="kind">Tensor, Filter or Convolution.</param>
    /// <exception cref="CudnnException">cuDNN refuses.</exception>
    public nint CreateDescriptor(string kind)
    {
        nint descriptor;
        string call = $"cudnnCreate{kind}Descriptor";
        Check(((delegate* unmanaged<nint*, int>)Find(call))(&descriptor), call);
        return descriptor;
    }

    /// <summary>Frees what <see cref="CreateDescriptor"/> made; 0 is nothing.</summary>
    public void DestroyDescriptor(string kind, nint descriptor)
    {
        if (descriptor != 0)
        {
            _ = ((delegate* unmanaged<nint, int>)Find($"cudnnDestroy{kind}Descriptor"))(descriptor);
        }
    }

    /// <summary>Describes [n, c, h, w] whose channels are innermost.</summary>
    /// <exception cref="CudnnException">cuDNN refuses.</exception>
    public void SetTensor(nint descriptor, CudnnDataType type, int n, int c, int h, int w) => Check(
        ((delegate* unmanaged<nint, int, int, int, int, int, int, int>)Find("cudnnSetTensor4dDescriptor"))(
            descriptor, ChannelsInnermost, (int)type, n, c, h, w), "cudnnSetTensor4dDescriptor");

    /// <summary>Describes weights [outputs, inputs, h, w] whose inputs are innermost.</summary>
    /// <exception cref="CudnnException">cuDNN refuses.</exception>
    public void SetFilter(nint descriptor, CudnnDataType type, int outputs, int inputs, int h, int w) => Check(
        ((delegate* unmanaged<nint, int, int, int, int, int, int, int>)Find("cudnnSetFilter4dDescriptor"))(
            descriptor, (int)type, ChannelsInnermost, outputs, inputs, h, w), "cudnnSetFilter4dDescriptor");

    /// <summary>Describes a convolution of stride 1 as networks mean it (a correlation), summed in float32, on tensor cores.</summary>
    /// <exception cref="CudnnException">cuDNN refuses.</exception>
    public void SetConvolution(nint descriptor, int padding)
    {
        Check(
            ((delegate* unmanaged<nint, int, int, int, int, int, int, int, int, int>)Find("cudnnSetConvolution2dDescriptor"))(
                descriptor, padding, padding, 1, 1, 1, 1, Correlation, (int)CudnnDataType.Float32), "cudnnSetConvolution2dDescriptor");
        Check(
            ((delegate* unmanaged<nint, int, int>)Find("cudnnSetConvolutionMathType"))(descriptor, TensorCores),
            "cudnnSetConvolutionMathType");
    }

    /// <summary>Bytes of scratch memory that <see cref="AddConvolution"/> needs.</summary>
    /// <exception cref="CudnnException">cuDNN has no such convolution.</exception>
    public long WorkspaceBytes(nint handle, nint input, nint filter, nint convolution, nint output)
    {
        nuint bytes;
        Check(
            ((delegate* unmanaged<nint, nint, nint, nint, nint, int, nuint*, int>)Find("cudnnGetConvolutionForwardWorkspaceSize"))(
                handle, input, filter, convolution, output, PrecomputedGemm, &bytes), "cudnnGetConvolutionForwardWorkspaceSize");
        return (long)bytes;
    }

    /// <summary>Queues output += convolution(input).</summary>
    /// <exception cref="CudnnException">cuDNN has no such convolution.</exception>
    public void AddConvolution(
        nint handle, (nint Descriptor, nint Data) input, (nint Descriptor, nint Data) filter, nint convolution, (nint Data, long Bytes) workspace,
        (nint Descriptor, nint Data) output)
    {
        float one = 1;
        Check(
            ((delegate* unmanaged<nint, float*, nint, nint, nint, nint, nint, int, nint, nuint, float*, nint, nint, int>)Find("cudnnConvolutionForward"))(
                handle, &one, input.Descriptor, input.Data, filter.Descriptor, filter.Data, convolution, PrecomputedGemm,
                workspace.Data, (nuint)workspace.Bytes, &one, output.Descriptor, output.Data), "cudnnConvolutionForward");
    }

    // cudnn_ops.h and cudnn_cnn.h
    private const int ChannelsInnermost = 1;        // CUDNN_TENSOR_NHWC
    private const int Correlation = 1;              // CUDNN_CROSS_CORRELATION
    private const int TensorCores = 1;              // CUDNN_TENSOR_OP_MATH
    private const int PrecomputedGemm = 1;          // CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM

    private static CudnnLibrary? Load()
    {
        if (!NativeLibrary.TryLoad("libcudnn.so.9", out nint handle))
        {
            return null;
        }

        CudnnLibrary library = new(handle);
        return NativeLibrary.TryGetExport(handle, "cudnnConvolutionForward", out _) && NativeLibrary.TryGetExport(handle, "cudnnGetVersion", out _)
            && library.Version / 10_000 == MajorVersion ? library : null;
    }

    private nint Find(string symbol) => _exports.Find(symbol);

    private void Check(int status, string call)
    {
        if (status != 0)
        {
            nint text = ((delegate* unmanaged<int, nint>)Find("cudnnGetErrorString"))(status);
            throw new CudnnException(call, status, Marshal.PtrToStringUTF8(text) ?? $"status {status}");
        }
    }
}
