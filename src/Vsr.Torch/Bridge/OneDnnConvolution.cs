using TorchSharp;
using Vsr.Interop.LibTorch;
using Vsr.Torch.Loading;

namespace Vsr.Torch.Bridge;

/// <summary>On the CPU: oneDNN's, with the weights packed as it wants them.</summary>
internal sealed class OneDnnConvolution : IConvolutionKernel
{
    private readonly FusedConvolutionApi _api;
    private readonly torch.Tensor _weight;
    private readonly torch.Tensor? _bias;
    private readonly long _padding;

    /// <summary>Packs copies.</summary>
    public OneDnnConvolution(torch.Tensor weight, torch.Tensor? bias, int padding)
    {
        _api = LoadedLibTorch.Current.Bridge.FusedConvolutions ?? throw new BackendException("the loaded libtorch has no fused convolutions");
        _padding = padding;
        long[] sides = [padding, padding];
        _weight = Dispatcher.Call(
            "mkldnn::_reorder_convolution_weight", "", weight, sides, Ones, Ones, 1L, DispatcherArgument.None).DetachFromDisposeScope();
        _bias = bias?.clone().DetachFromDisposeScope();
    }

    private static long[] Ones { get; } = [1, 1];

    public torch.Tensor Run(torch.Tensor input, bool relu)
    {
        torch.Tensor result = Guarded(() => _api.Run(input.Handle, _weight.Handle, _bias?.Handle ?? 0, _padding, relu));
        GC.KeepAlive(input);        // a collection during the call would free what has been read from it only as an address
        GC.KeepAlive(this);
        return result;
    }

    public void AddTo(torch.Tensor target, torch.Tensor input)
    {
        Guarded(() => _api.AddTo(target.Handle, input.Handle, _weight.Handle, _bias?.Handle ?? 0, _padding)).Dispose();
        GC.KeepAlive(target);
        GC.KeepAlive(input);
        GC.KeepAlive(this);
    }

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
