using static TorchSharp.torch;

namespace Vsr.Torch;

/// <summary>The order of a picture tensor's values in memory.</summary>
public static class TensorLayout
{
    private const long ChannelsLastFormat = 2;

    /// <summary>The same values [N, C, H, W] with the channels innermost in memory: fastest for bf16 convolutions on a GPU.</summary>
    /// <returns>A tensor of the same shape that the caller owns; an alias when the values lie so already. Differentiable.</returns>
    /// <exception cref="ArgumentException">The tensor has not four dimensions.</exception>
    public static Tensor ToChannelsLast(Tensor pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        RequireFour(pictures);
        if (Dispatcher.IsAvailable)
        {
            return Dispatcher.Call("aten::contiguous", "", pictures, ChannelsLastFormat);
        }

        using Tensor inner = pictures.permute(0, 2, 3, 1);
        using Tensor packed = inner.contiguous();
        return packed.permute(0, 3, 1, 2);
    }

    /// <summary>Lays the values of the tensor itself out with the channels innermost: for convolution weights, once after loading.</summary>
    /// <remarks>Shape, values and identity stay; views of the old memory keep the old memory.</remarks>
    public static void SetChannelsLast(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        RequireFour(weights);
        using IDisposable off = no_grad();
        using Tensor packed = ToChannelsLast(weights);
        weights.set_(packed);
    }

    /// <summary>Lays out the weights of every convolution of a network with the channels innermost.</summary>
    public static void SetChannelsLast(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach (TorchSharp.Modules.Parameter parameter in network.parameters())
        {
            if (parameter.dim() == 4)
            {
                SetChannelsLast(parameter);
            }
        }
    }

    /// <summary>Whether the channels of [N, C, H, W] are innermost in memory.</summary>
    public static bool IsChannelsLast(Tensor pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.dim() != 4)
        {
            return false;
        }

        long[] shape = pictures.shape;
        long[] strides = pictures.stride();
        long[] packed = [shape[1] * shape[2] * shape[3], 1, shape[1] * shape[3], shape[1]];
        return shape.Zip(strides.Zip(packed)).All(d => d.First == 1 || d.Second.First == d.Second.Second);
    }

    private static void RequireFour(Tensor tensor)
    {
        if (tensor.dim() != 4)
        {
            throw new ArgumentException($"a tensor of {tensor.dim()} dimensions has no channels-last layout; give it as [N, C, H, W]");
        }
    }
}
