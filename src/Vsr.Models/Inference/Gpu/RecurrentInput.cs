using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Gpu;

/// <summary>Warps of a state and of a previous output, written straight to their places in the head's input by kernels of our own.</summary>
/// <remarks>
/// The plain forms are <see cref="Warp.Sample"/> and copies, which widen the state to float32 planes and write several pictures of full size on the
/// way; these differ from them by rounding, and where a flow is no number: the previous output's border is taken then.
/// </remarks>
internal static class RecurrentInput
{
    private const int Scale = 4;
    private const int ValuesAtOnce = 4;
    private const int ThreadsOfPixel = 32;
    private const int PixelsOfBlock = 8;
    private const int ThreadsOfDetail = 128;

    /// <summary>Whether <see cref="WarpState"/> takes these tensors; compiles the kernels at the first call.</summary>
    public static bool TakesState(Tensor state, Tensor flow) =>
        state.device_type == DeviceType.CUDA && state.size(0) == 1 && state.dtype == ScalarType.BFloat16
        && state.size(1) % ValuesAtOnce == 0 && TensorLayout.IsChannelsLast(state) && IsFlow(flow, state, state.size(2), state.size(3)) && FrameKernels.CanLaunchOn(state.device);

    /// <summary>Whether <see cref="WarpDetail"/> takes these tensors; compiles the kernels at the first call.</summary>
    public static bool TakesDetail(Tensor previous, Tensor enlarged, Tensor flow) =>
        previous.device_type == DeviceType.CUDA && previous.size(0) == 1 && previous.dtype == ScalarType.Float32 && enlarged.dtype == ScalarType.Float32
        && previous.size(1) == 3 && previous.is_contiguous() && enlarged.is_contiguous() && previous.shape.AsSpan().SequenceEqual(enlarged.shape)
        && FrameKernels.AreTogether(enlarged, previous) && IsFlow(flow, previous, previous.size(2) / Scale, previous.size(3) / Scale)
        && previous.size(2) == flow.size(2) * Scale && previous.size(3) == flow.size(3) * Scale && FrameKernels.CanLaunchOn(previous.device);

    /// <summary>target(p) = state(p + flow(p)), bilinear, replicated border.</summary>
    /// <param name="state">[1, C, h, w] of bfloat16, channels innermost.</param>
    /// <param name="flow">float32 [1, 2, h, w] in any layout, x then y, in pixels.</param>
    /// <param name="target">[1, C, h, w] of bfloat16 as <see cref="IsPlace"/> has it; overwritten.</param>
    /// <exception cref="ArgumentException">The target lies otherwise; it or the flow is elsewhere or has another size.</exception>
    public static void WarpState(Tensor state, Tensor flow, Tensor target)
    {
        Require(flow, target, state, [1, state.size(1), state.size(2), state.size(3)]);
        (int channels, int height, int width) = ((int)state.size(1), (int)state.size(2), (int)state.size(3));
        StateJob job = new(
            TensorMemory.Address(state), TensorMemory.Address(flow), TensorMemory.Address(target), flow.stride(1), flow.stride(2), flow.stride(3),
            target.stride(3), channels, height, width);
        int blocks = (int)((((long)height * width) + PixelsOfBlock - 1) / PixelsOfBlock);
        FrameKernels.Program.Launch(state.device, "warp_state", blocks, (ThreadsOfPixel, PixelsOfBlock), job);
        GC.KeepAlive(state);
        GC.KeepAlive(flow);
        GC.KeepAlive(target);
    }

    /// <summary>The previous output where the flow points, bicubic, replicated border, minus the enlarged frame, folded onto the low-resolution grid.</summary>
    /// <param name="previous">float32 [1, 3, 4 h, 4 w].</param>
    /// <param name="enlarged">The same shape.</param>
    /// <param name="flow">float32 [1, 2, h, w] in any layout, x then y, in low-resolution pixels.</param>
    /// <param name="target">[1, 48, h, w] of bfloat16 as <see cref="IsPlace"/> has it; overwritten.</param>
    /// <exception cref="ArgumentException">The target lies otherwise; it or the flow is elsewhere or has another size.</exception>
    public static void WarpDetail(Tensor previous, Tensor enlarged, Tensor flow, Tensor target)
    {
        Require(flow, target, previous, [1, previous.size(1) * Scale * Scale, previous.size(2) / Scale, previous.size(3) / Scale]);
        (int height, int width) = ((int)flow.size(2), (int)flow.size(3));
        DetailJob job = new(
            TensorMemory.Address(previous), TensorMemory.Address(enlarged), TensorMemory.Address(flow), TensorMemory.Address(target),
            flow.stride(1), flow.stride(2), flow.stride(3), target.stride(3), height, width);
        int blocks = (int)((((long)Scale * height * Scale * width) + ThreadsOfDetail - 1) / ThreadsOfDetail);
        FrameKernels.Program.Launch(previous.device, "warp_detail", blocks, (ThreadsOfDetail, 1), job);
        GC.KeepAlive(previous);
        GC.KeepAlive(enlarged);
        GC.KeepAlive(flow);
        GC.KeepAlive(target);
    }

    /// <summary>Whether a part of a larger input can be written to: bfloat16, channels innermost, rows without gaps, four channels at once.</summary>
    /// <param name="target">[1, C, h, w].</param>
    public static bool IsPlace(Tensor target) =>
        target.dtype == ScalarType.BFloat16 && target.stride(1) == 1 && target.stride(2) == target.size(3) * target.stride(3)
        && target.stride(3) % ValuesAtOnce == 0 && TensorMemory.Address(target) % (ValuesAtOnce * sizeof(ushort)) == 0;

    private static void Require(Tensor flow, Tensor target, Tensor source, ReadOnlySpan<long> shape)
    {
        if (!IsFlow(flow, source, shape[2], shape[3]))
        {
            throw new ArgumentException(
                $"the flow is {Describe(flow.shape)} of {flow.dtype} on {flow.device}; it is to be {Describe([1, 2, shape[2], shape[3]])} of float32 on {source.device}",
                nameof(flow));
        }

        if (!target.shape.AsSpan().SequenceEqual(shape) || !FrameKernels.AreTogether(target, source))
        {
            throw new ArgumentException(
                $"the target is {Describe(target.shape)} on {target.device}; it is to be {Describe(shape)} on {source.device}", nameof(target));
        }

        if (!IsPlace(target))
        {
            throw new ArgumentException(
                "the target is to be bfloat16 with channels innermost, without gaps between rows, and to begin at a multiple of four channels", nameof(target));
        }

        static string Describe(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
    }

    private static bool IsFlow(Tensor flow, Tensor source, long height, long width) =>
        flow.dtype == ScalarType.Float32 && FrameKernels.AreTogether(flow, source) && flow.shape.AsSpan().SequenceEqual([1, 2, height, width]);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct StateJob(
        nint State, nint Flow, nint Target, long FlowPlane, long FlowRow, long FlowPixel, long TargetPixel, int Channels, int Height, int Width);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct DetailJob(
        nint Previous, nint Enlarged, nint Flow, nint Target, long FlowPlane, long FlowRow, long FlowPixel, long TargetPixel, int Height, int Width);
}
