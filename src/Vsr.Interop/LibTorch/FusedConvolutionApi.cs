using System.Runtime.InteropServices;

namespace Vsr.Interop.LibTorch;

/// <summary>oneDNN's convolutions with what comes after them in one pass, from libtorch's C interface (torch/csrc/inductor/aoti_torch/c/shim_cpu.h).</summary>
internal sealed unsafe class FusedConvolutionApi
{
    private static readonly nint Relu = Text("relu");
    private static readonly nint None = Text("none");
    private static readonly nint Nothing = Text("");
    private static readonly nint Add = Text("add");

    private readonly delegate* unmanaged<
        nint, nint, nint*, long*, long, long*, long, long*, long, long, nint, double**, long, nint*, nint*, int> _unary;

    private readonly delegate* unmanaged<
        nint, nint, nint, nint*, long*, long, long*, long, long*, long, long, nint, double*, nint*, double**, long, nint*, nint*, int> _sum;

    private FusedConvolutionApi(SymbolLookup symbols)
    {
        _unary = (delegate* unmanaged<
            nint, nint, nint*, long*, long, long*, long, long*, long, long, nint, double**, long, nint*, nint*, int>)
            symbols.Require("aoti_torch_cpu_mkldnn__convolution_pointwise");
        _sum = (delegate* unmanaged<
            nint, nint, nint, nint*, long*, long, long*, long, long*, long, long, nint, double*, nint*, double**, long, nint*, nint*, int>)
            symbols.Require("aoti_torch_cpu_mkldnn__convolution_pointwise_binary_");
    }

    public static FusedConvolutionApi? TryBind(SymbolLookup symbols)
    {
        FusedConvolutionApi api = new(symbols);
        return symbols.IsComplete ? api : null;
    }

    /// <summary>A convolution of stride 1, and max(0, .) of it if so asked. The result belongs to the caller; bias 0 means none.</summary>
    public nint Run(nint input, nint weight, nint bias, long padding, bool relu)
    {
        long* padded = stackalloc long[] { padding, padding };
        long* ones = stackalloc long[] { 1, 1 };
        nint nothing = Nothing;
        nint result;
        LibTorchCallException.ThrowIfFailed(
            _unary(input, weight, bias == 0 ? null : &bias, padded, 2, ones, 2, ones, 2, 1, relu ? Relu : None, null, 0, &nothing, &result),
            "oneDNN's convolution");
        return result;
    }

    /// <summary>Adds a convolution of stride 1 to a tensor of the result's shape. Returns an alias of that tensor, which belongs to the caller.</summary>
    public nint AddTo(nint target, nint input, nint weight, nint bias, long padding)
    {
        long* padded = stackalloc long[] { padding, padding };
        long* ones = stackalloc long[] { 1, 1 };
        nint result;
        LibTorchCallException.ThrowIfFailed(
            _sum(
                target, input, weight, bias == 0 ? null : &bias, padded, 2, ones, 2, ones, 2, 1, Add, null, null, null, 0, null, &result),
            "oneDNN's convolution with a sum");
        return result;
    }

    private static nint Text(string text) => Marshal.StringToCoTaskMemUTF8(text);
}
