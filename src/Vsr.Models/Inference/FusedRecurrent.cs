using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models;

/// <summary>The convolutions of <see cref="RecurrentVsr"/> for upscaling: biases, relus and sums inside; on the CPU the bicubic enlargement is one of them.</summary>
/// <remarks>The sums run in another order than operator by operator: results differ by rounding.</remarks>
internal sealed class FusedRecurrent : IDisposable
{
    // cuDNN's kernel for 64 outputs is faster than that for 48: with 128 inputs at 960x540 by 0.13 ms on an H200; with 32 it makes no difference
    private const int OutputsAtOnce = 64;

    private readonly int _outputs;
    private readonly FusedConvolution _head;
    private readonly (FusedConvolution First, FusedConvolution Second)[] _blocks;
    private readonly FusedConvolution _up;
    private readonly FusedConvolution _out;
    private readonly FusedConvolution? _bicubic;

    /// <summary>Packs copies of the weights.</summary>
    public FusedRecurrent(Conv2d head, IEnumerable<ResidualBlock> blocks, Conv2d up, Conv2d @out, int scale)
    {
        _head = Pack(head);
        _blocks = [.. blocks.Select(block => (Pack(block.First), Pack(block.Second)))];
        _up = Pack(up);
        _outputs = (int)@out.weight.size(0);
        _out = @out.weight.device_type == DeviceType.CUDA && _outputs is > OutputsAtOnce / 2 and < OutputsAtOnce ? PackPadded(@out, OutputsAtOnce) : Pack(@out);
        if (head.weight.device_type == DeviceType.CPU)
        {
            using Tensor kernels = BicubicKernels.For(scale);
            _bicubic = new FusedConvolution(kernels, bias: null, padding: 0);
        }
    }

    /// <summary>Whether <see cref="Enlarge"/> may be called: on the CPU.</summary>
    public bool Enlarges => _bicubic is not null;

    /// <summary>From the head's input [N, ., h, w] to the state [N, C, h, w], in the weights' type.</summary>
    public Tensor Trunk(Tensor input)
    {
        Tensor x = _head.Run(input, relu: true);
        foreach ((FusedConvolution first, FusedConvolution second) in _blocks)
        {
            using Tensor active = first.Run(x, relu: true);
            second.AddTo(x, active);
        }

        return x;
    }

    /// <summary>From the state to what is added to the enlarged frame, [N, 3 S S, h, w].</summary>
    public Tensor Residual(Tensor hidden)
    {
        using Tensor x = _up.Run(hidden, relu: true);
        using Tensor all = _out.Run(x);
        return all.narrow(1, 0, _outputs);
    }

    /// <summary>The bicubic enlargement of a frame, folded onto its own grid: pixel_shuffle of it is <see cref="Resize.Enlarge"/>.</summary>
    /// <param name="x">float32 [N, 3, h, w].</param>
    /// <returns>float32 [N, 3 S S, h, w].</returns>
    public Tensor Enlarge(Tensor x)
    {
        using Tensor padded = F.pad(x, [2, 2, 2, 2], PaddingModes.Replicate);
        using Tensor laidOut = TensorLayout.ToChannelsLast(padded);
        return _bicubic!.Run(laidOut);
    }

    public void Dispose()
    {
        foreach (FusedConvolution? layer in (FusedConvolution?[])[
            _head, .. _blocks.SelectMany(block => (FusedConvolution[])[block.First, block.Second]), _up, _out, _bicubic])
        {
            layer?.Dispose();
        }
    }

    private static FusedConvolution PackPadded(Conv2d layer, int outputs)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        long missing = outputs - layer.weight.size(0);
        return new(F.pad(layer.weight, [0, 0, 0, 0, 0, 0, 0, missing]), F.pad(layer.bias!, [0, missing]), (int)(layer.weight.size(2) - 1) / 2);
    }

    internal static FusedConvolution Pack(Conv2d layer) => new(layer.weight, layer.bias, (int)(layer.weight.size(2) - 1) / 2);
}
