using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using Vsr.Models.Cpu;
using Vsr.Models.Gpu;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models;

/// <content>The head's input, built twice: differentiable, and by copies into place when no gradients are recorded.</content>
public sealed partial class RecurrentVsr
{
    private static readonly long[] SamePadding = [1, 1];

    /// <summary>The channels [3 | 3 (1 + look) | C | 3 S S if the output is carried] in the weights' type, joined; differentiable.</summary>
    private Tensor JoinInput(Tensor current, Tensor neighbours, Tensor? hidden, Tensor? detail)
    {
        ScalarType type = WeightType;
        List<Tensor> parts = [(current - 0.5).to(type), neighbours.to(type), OrZeros(hidden, Options.Channels)];
        if (Options.CarryOutput)
        {
            parts.Add(OrZeros(Options.WarpOutput && detail is not null ? F.pixel_unshuffle(detail, Scale) : detail, Details));
        }

        return TensorLayout.ToChannelsLast(cat(parts, 1));

        Tensor OrZeros(Tensor? part, int channels) => part?.to(type)
            ?? zeros(current.size(0), channels, current.size(2), current.size(3), type, current.device);
    }

    /// <summary>
    /// The same values by one copy a part, each of which converts, reorders and lays out at once; state and previous output are warped on the way
    /// where flows say how.
    /// </summary>
    private Tensor FillInput(
        Tensor current, Tensor neighbours, (Tensor? Hidden, Tensor? Motion) state, (Tensor? Picture, Tensor? Motion) detail, Tensor? enlarged)
    {
        long n = current.size(0);
        long h = current.size(2);
        long w = current.size(3);
        long channels = head.weight.size(1);
        Tensor input = empty(n, h, w, channels, WeightType, current.device).permute(0, 3, 1, 2);
        long at = 0;
        Tensor Next(long count) => input.narrow(1, (at += count) - count, count);

        Next(3).copy_(current - 0.5);
        Next(neighbours.size(1)).copy_(neighbours);
        if (state.Motion is null)
        {
            Fill(Next(Options.Channels), state.Hidden);
        }
        else if (state.Hidden!.device_type == DeviceType.CUDA)
        {
            RecurrentInput.WarpState(state.Hidden, state.Motion, Next(Options.Channels));
        }
        else
        {
            StateWarp.Run(state.Hidden, state.Motion, Next(Options.Channels));
        }

        if (Options.CarryOutput)
        {
            Tensor low = Next(Details);
            if (detail.Motion is not null)
            {
                RecurrentInput.WarpDetail(detail.Picture!, enlarged!, detail.Motion, low);
            }
            else if (detail.Picture is null || !Options.WarpOutput)
            {
                Fill(low, detail.Picture);
            }
            else
            {
                low.unflatten(1, [3, Scale, Scale])                            // [N, 3, S, S, h, w]
                    .copy_(detail.Picture.view(n, 3, h, Scale, w, Scale).permute(0, 1, 3, 5, 2, 4));
            }
        }

        if (at < channels)
        {
            Next(channels - at).zero_();
        }

        return input;
    }

    /// <summary>A state where a flow points, or the state as it is and the flow that <see cref="FillInput"/> is to move it by.</summary>
    internal (Tensor? Hidden, Tensor? Motion) Moved(Tensor? hidden, Tensor? flow) =>
        hidden is null || flow is null ? (hidden, null)
        : _fused is not null && !is_grad_enabled() && (StateWarp.Takes(hidden, flow) || (FitsKernels && RecurrentInput.TakesState(hidden, flow))) ? (hidden, flow)
        : (Warp.Sample(hidden, flow), null);

    /// <summary>Whether the parts of the head's input begin at multiples of four channels, as kernels need it that write four at once.</summary>
    private bool FitsKernels => (3 * (2 + Options.LookAhead)) % 4 == 0 && Options.Channels % 4 == 0 && head.weight.size(1) % 4 == 0;

    /// <summary>Whether <see cref="FillInput"/> is to move the previous output by a flow.</summary>
    internal bool MovesDetail(Tensor previous, Tensor? enlarged, Tensor flow) =>
        _fused is not null && !is_grad_enabled() && Scale == 4 && Options.WarpOutput && FitsKernels && enlarged is not null
        && WeightType == ScalarType.BFloat16 && RecurrentInput.TakesDetail(previous, enlarged, flow);

    /// <summary>The first convolution; not by its module, whose check of channels knows nothing of <see cref="PadHead"/>.</summary>
    private Tensor Head(Tensor input) => F.conv2d(input, head.weight, head.bias, padding: SamePadding);

    private static void Fill(Tensor target, Tensor? source)
    {
        if (source is null)
        {
            target.zero_();
        }
        else
        {
            target.copy_(source);
        }
    }

    /// <summary>A copy with weights of its own for upscaling on the same device: given precision, channels innermost, no gradients.</summary>
    internal RecurrentVsr CopyForInference(InferencePrecision precision)
    {
        RecurrentVsr copy = new(Options);
        copy.to(Device);
        copy.CopyWeightsFrom(this);
        copy.SetPrecision(precision == InferencePrecision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32);
        if (precision == InferencePrecision.Bf16 && copy.Device.type == DeviceType.CUDA)
        {
            copy.PadHead(multiple: 64);
        }

        copy.SetChannelsLast();
        copy.eval();
        foreach (Parameter parameter in copy.parameters())
        {
            parameter.requires_grad_(false);
        }

        if (FusedConvolution.IsAvailableOn(copy.Device.type) && RunsFused(copy.Device.type, precision))
        {
            copy.Fuse();
        }

        return copy;
    }

    /// <summary>Where fused convolutions were measured to be faster: not tried in float32 on a GPU.</summary>
    private static bool RunsFused(DeviceType device, InferencePrecision precision) => device == DeviceType.CUDA
        ? precision == InferencePrecision.Bf16
        : precision == InferencePrecision.Fp32 || CpuFeatures.HasBf16;

    private void Fuse()
    {
        _fused = new FusedRecurrent(head, body.children().Cast<ResidualBlock>(), up, @out, Scale);
        flow?.Fuse();
        blend?.Fuse();
    }

    /// <summary>Adds input channels with zero weights up to a multiple, so that kernels for tensor cores need not pad.</summary>
    private void PadHead(int multiple)
    {
        using IDisposable noGrad = no_grad();
        long missing = (multiple - (head.weight.size(1) % multiple)) % multiple;
        head.weight = nn.Parameter(F.pad(head.weight.detach(), [0, 0, 0, 0, 0, missing]), requires_grad: false);
    }
}
