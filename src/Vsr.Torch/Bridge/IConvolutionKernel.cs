using TorchSharp;

namespace Vsr.Torch.Bridge;

/// <summary>A convolution of one device behind <see cref="FusedConvolution"/>.</summary>
internal interface IConvolutionKernel : IDisposable
{
    /// <summary>The convolution, negative values set to zero if so asked; the caller owns the result.</summary>
    torch.Tensor Run(torch.Tensor input, bool relu);

    /// <summary>Adds the convolution to a tensor.</summary>
    void AddTo(torch.Tensor target, torch.Tensor input);
}
