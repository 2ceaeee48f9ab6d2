using TorchSharp;
using Vsr.Interop.LibTorch;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>A convolution on the CPU, stride 1, whose relu or sum runs in the same pass and whose weights lie as oneDNN wants them.</summary>
/// <remarks>For networks that only run forwards: nothing is recorded for gradients. Inputs are faster with channels innermost.</remarks>
public sealed class FusedConvolution : IDisposable
{
    private readonly FusedConvolutionApi _api;
    private readonly torch.Tensor _weight;
    private readonly torch.Tensor? _bias;
    private readonly long _padding;

    /// <summary>Packs weights.</summary>
    /// <param name="weight">[outputs, inputs, k, k], float32 or bfloat16, on the CPU; copied.</param>
    /// <param name="bias">[outputs] of the same type, copied; or null.</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <exception cref="BackendException">The loaded libtorch has no such convolutions, or refuses these weights.</exception>
    public FusedConvolution(torch.Tensor weight, torch.Tensor? bias, int padding)
    {
        ArgumentNullException.ThrowIfNull(weight);
        _api = LoadedLibTorch.Current.Bridge.FusedConvolutions ?? throw new BackendException("the loaded libtorch has no fused convolutions");
        using IDisposable noGrad = torch.no_grad();
        using torch.Tensor constant = weight.detach();
        _padding = padding;
        long[] sides = [padding, padding];
        _weight = Dispatcher.Call(
            "mkldnn::_reorder_convolution_weight", "", constant, sides, Ones, Ones, 1L, DispatcherArgument.None).DetachFromDisposeScope();
        _bias = bias?.detach().clone().DetachFromDisposeScope();
    }

    /// <summary>Whether the loaded libtorch has such convolutions.</summary>
    public static bool IsAvailable =>
        LoadedLibTorch.Current.Bridge.FusedConvolutions is not null && Dispatcher.IsAvailable;

    private static long[] Ones { get; } = [1, 1];

    /// <summary>The convolution of an input, negative values set to zero if so asked.</summary>
    /// <param name="input">[N, inputs, h, w] in the weights' type.</param>
    /// <param name="relu">Whether negative values become zero.</param>
    /// <returns>[N, outputs, h', w']; the caller owns it.</returns>
    /// <exception cref="BackendException">libtorch refused the input.</exception>
    public torch.Tensor Run(torch.Tensor input, bool relu = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        torch.Tensor result = Guarded(() => _api.Run(input.Handle, _weight.Handle, _bias?.Handle ?? 0, _padding, relu));
        GC.KeepAlive(input);        // a collection during the call would free what has been read from it only as an address
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>Adds the convolution of an input to a tensor.</summary>
    /// <param name="target">[N, outputs, h', w'] in the weights' type, channels innermost if the input has them so; changed.</param>
    /// <param name="input">[N, inputs, h, w] in the weights' type.</param>
    /// <exception cref="BackendException">libtorch refused the input.</exception>
    public void AddTo(torch.Tensor target, torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(input);
        Guarded(() => _api.AddTo(target.Handle, input.Handle, _weight.Handle, _bias?.Handle ?? 0, _padding)).Dispose();
        GC.KeepAlive(target);
        GC.KeepAlive(input);
        GC.KeepAlive(this);
    }

    /// <summary>Frees the packed weights.</summary>
    public void Dispose()
    {
        _weight.Dispose();
        _bias?.Dispose();
    }

    private static torch.Tensor Guarded(Func<nint> call)
    {
        try
        {
            return torch.Tensor.UnsafeCreateTensor(call());
        }
        catch (LibTorchCallException failure)
        {
            throw new BackendException(failure.Message, failure);
        }
    }
}
