using System.Collections.Concurrent;
using TorchSharp;
using Vsr.Torch.Loading;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Torch;

/// <summary>relu(convolution + bias) in one pass on a GPU, or by operators where cuDNN has no such convolution. Nothing is recorded for gradients.</summary>
internal static class ActiveConvolution
{
    private static readonly long[] Ones = [1, 1];
    private static readonly ConcurrentDictionary<Kind, bool> Refused = new();

    /// <summary>Whether cuDNN has not refused such a convolution.</summary>
    public static bool IsFusedFor(torch.Tensor input, torch.Tensor weight) => !Refused.ContainsKey(Kind.Of(input, weight));

    /// <summary>The result; the caller owns it.</summary>
    /// <param name="input">[N, inputs, h, w] on a GPU.</param>
    /// <param name="weight">[outputs, inputs, k, k].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="padding">Zeros around the input, two equal numbers.</param>
    /// <exception cref="BackendException">Operators failed as well, memory being short for example.</exception>
    public static torch.Tensor Run(torch.Tensor input, torch.Tensor weight, torch.Tensor bias, long[] padding)
    {
        Kind kind = Kind.Of(input, weight);

        // the operator lets cuDNN choose among algorithms that vary from run to run, whatever the settings
        if (CudnnFlags.Deterministic || CudnnFlags.DeterministicAlgorithms || Refused.ContainsKey(kind))
        {
            return ByOperators(input, weight, bias, padding);
        }

        try
        {
            return Dispatcher.Call("aten::cudnn_convolution_relu", "", input, weight, DispatcherArgument.Optional(bias), Ones, padding, Ones, 1L);
        }
        catch (BackendException)
        {
            torch.Tensor result = ByOperators(input, weight, bias, padding);       // fails, too, where memory is what lacks
            Refused[kind] = true;
            LoadedLibTorch.Current.Bridge.Note($"cuDNN does not put bias and relu into convolutions of {kind}: they run one after the other");
            return result;
        }
    }

    private static torch.Tensor ByOperators(torch.Tensor input, torch.Tensor weight, torch.Tensor bias, long[] padding)
    {
        using torch.Tensor convolved = F.conv2d(input, weight, bias, padding: padding);
        return F.relu(convolved, inplace: true);
    }

    /// <summary>Convolutions that cuDNN takes or refuses alike.</summary>
    private readonly record struct Kind(int Device, torch.ScalarType Type, long Inputs, long Outputs, long Side)
    {
        public static Kind Of(torch.Tensor input, torch.Tensor weight) =>
            new(CudaStream.IndexOf(input.device), input.dtype, weight.size(1), weight.size(0), weight.size(3));

        public override string ToString() => $"{Side}x{Side}, {Inputs} to {Outputs} channels, {Type}, on cuda:{Device}";
    }
}
