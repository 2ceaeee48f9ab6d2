using TorchSharp;

namespace Vsr.Torch;

/// <summary>The gradients of a convolution of stride 1 by themselves, as libtorch computes them when it differentiates.</summary>
internal static class ConvolutionGradients
{
    private static readonly long[] Ones = [1, 1];
    private static readonly long[] Zeros = [0, 0];

    /// <summary>Of the input [N, inputs, h, w]; the caller owns it.</summary>
    /// <param name="gradient">Of the output [N, outputs, h', w'].</param>
    /// <param name="input">[N, inputs, h, w]; its shape and layout count.</param>
    /// <param name="weight">[outputs, inputs, k, k].</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <exception cref="BackendException">The tensors do not fit each other.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">Memory does not suffice.</exception>
    public static torch.Tensor OfInput(torch.Tensor gradient, torch.Tensor input, torch.Tensor weight, int padding) =>
        Of(gradient, input, weight, padding, 0);

    /// <summary>Of the weight [outputs, inputs, k, k]; the caller owns it.</summary>
    /// <param name="gradient">Of the output [N, outputs, h', w'].</param>
    /// <param name="input">[N, inputs, h, w].</param>
    /// <param name="weight">[outputs, inputs, k, k]; its shape and layout count.</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <exception cref="BackendException">The tensors do not fit each other.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">Memory does not suffice.</exception>
    public static torch.Tensor OfWeight(torch.Tensor gradient, torch.Tensor input, torch.Tensor weight, int padding) =>
        Of(gradient, input, weight, padding, 1);

    private static torch.Tensor Of(torch.Tensor gradient, torch.Tensor input, torch.Tensor weight, int padding, int wanted)
    {
        long[] sides = [padding, padding];
        long[] mask = [wanted == 0 ? 1 : 0, wanted == 1 ? 1 : 0, 0];
        try
        {
            return Dispatcher.CallForOne(
                "aten::convolution_backward", "", results: 3, wanted, gradient, input, weight, DispatcherArgument.None, Ones, sides, Ones, false,
                Zeros, 1L, mask);
        }
        catch (BackendException)
        {
            // the dispatcher does not say that memory is what lacks; this does, where there is none for copies of what it was given
            torch.empty(gradient.numel() + input.numel(), gradient.dtype, gradient.device).Dispose();
            throw;
        }
    }
}
