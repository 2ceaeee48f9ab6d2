using TorchSharp;
using Vsr.Torch.Bridge;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>A convolution of stride 1 whose bias, relu or sum runs in the same pass: oneDNN's on the CPU, cuDNN's on a GPU.</summary>
/// <remarks>For networks that only run forwards: nothing is recorded for gradients. Inputs are faster with channels innermost. For one thread at a time.</remarks>
public sealed class FusedConvolution : IDisposable
{
    private readonly IConvolutionKernel _kernel;

    /// <summary>Takes copies of weights, laid out as the device's library wants them.</summary>
    /// <param name="weight">[outputs, inputs, k, k]; on the CPU float32 or bfloat16, on a GPU also float16.</param>
    /// <param name="bias">[outputs] of the same type; or null.</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <exception cref="BackendException">The loaded libtorch has no such convolutions, or refuses these weights.</exception>
    public FusedConvolution(torch.Tensor weight, torch.Tensor? bias, int padding)
    {
        ArgumentNullException.ThrowIfNull(weight);
        using IDisposable noGrad = torch.no_grad();
        using torch.Tensor constant = weight.detach();
        using torch.Tensor? constantBias = bias?.detach();
        _kernel = weight.device_type == DeviceType.CUDA
            ? new CudnnConvolution(constant, constantBias, padding)
            : new OneDnnConvolution(constant, constantBias, padding);
    }

    internal FusedConvolution(IConvolutionKernel kernel) => _kernel = kernel;

    /// <summary>Whether the loaded libtorch has such convolutions for a kind of device.</summary>
    public static bool IsAvailableOn(DeviceType device) => Dispatcher.IsAvailable && device switch
    {
        DeviceType.CPU => LoadedLibTorch.Current.Bridge.FusedConvolutions is not null,
        DeviceType.CUDA => LoadedLibTorch.Current.Modules.HasCuda,
        _ => false,
    };

    /// <summary>The convolution of an input, negative values set to zero if so asked.</summary>
    /// <param name="input">[N, inputs, h, w] in the weights' type.</param>
    /// <param name="relu">Whether negative values become zero.</param>
    /// <returns>[N, outputs, h', w']; the caller owns it.</returns>
    /// <exception cref="BackendException">libtorch refused the input.</exception>
    public torch.Tensor Run(torch.Tensor input, bool relu = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _kernel.Run(input, relu);
    }

    /// <summary>Adds the convolution of an input to a tensor.</summary>
    /// <param name="target">[N, outputs, h', w'] in the weights' type, channels innermost if the input has them so; changed.</param>
    /// <param name="input">[N, inputs, h, w] in the weights' type.</param>
    /// <exception cref="BackendException">libtorch refused the input.</exception>
    public void AddTo(torch.Tensor target, torch.Tensor input)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(input);
        _kernel.AddTo(target, input);
    }

    /// <summary>Frees the copies of the weights.</summary>
    public void Dispose() => _kernel.Dispose();
}
