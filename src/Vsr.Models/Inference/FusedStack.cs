using TorchSharp.Modules;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Convolutions one after the other, all but the last followed by relu, with biases and relus inside.</summary>
internal sealed class FusedStack(IEnumerable<Conv2d> layers) : IDisposable
{
    private readonly FusedConvolution[] _layers = [.. layers.Select(FusedRecurrent.Pack)];

    /// <summary>[N, inputs, h, w] to [N, outputs, h, w], in the weights' type.</summary>
    public Tensor Run(Tensor x)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            x = _layers[i].Run(x, relu: i < _layers.Length - 1);
        }

        return x;
    }

    public void Dispose()
    {
        foreach (FusedConvolution layer in _layers)
        {
            layer.Dispose();
        }
    }
}
