using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Gpu;

/// <summary>A frame enlarged, bicubic, and what the network adds to it, in one pass over the output by a kernel of our own.</summary>
/// <remarks>The plain form is <see cref="Resize.Enlarge"/> plus pixel_shuffle of the network's output; this one differs from it by rounding.</remarks>
internal static class EnlargedSum
{
    private const int Channels = 3;
    private const int ThreadsOfBlock = 128;

    /// <summary>Whether it takes such a frame; compiles the kernels at the first call.</summary>
    /// <param name="frame">[N, 3, h, w].</param>
    /// <param name="scale">S; 2 or 4.</param>
    public static bool Takes(Tensor frame, int scale) =>
        frame.device_type == DeviceType.CUDA && frame.dtype == ScalarType.Float32 && frame.size(0) == 1 && frame.size(1) == Channels
        && scale is 2 or 4 && FrameKernels.CanLaunchOn(frame.device);

    /// <summary>Whether it takes a frame together with what is added.</summary>
    /// <param name="frame">[N, 3, h, w].</param>
    /// <param name="residual">[N, 3 S S, h, w].</param>
    /// <param name="scale">S; 2 or 4.</param>
    public static bool Takes(Tensor frame, Tensor residual, int scale) =>
        Takes(frame, scale) && residual.dtype == ScalarType.BFloat16 && FrameKernels.AreTogether(frame, residual)
        && residual.shape.AsSpan().SequenceEqual([1, Channels * scale * scale, frame.size(2), frame.size(3)])
        && residual.stride(1) == 1 && residual.stride(2) == residual.size(3) * residual.stride(3)
        && residual.stride(3) % scale == 0 && TensorMemory.Address(residual) % (scale * sizeof(ushort)) == 0;

    /// <summary>The sum.</summary>
    /// <param name="frame">float32 [1, 3, h, w] in any layout.</param>
    /// <param name="residual">
    /// bfloat16 [1, 3 S S, h, w], channels innermost, no gaps between rows; channel (c S + y) S + x is added to the pixel (x, y) of channel c's S x S.
    /// Null adds nothing.
    /// </param>
    /// <param name="scale">S; 2 or 4.</param>
    /// <returns>float32 [1, 3, S h, S w]; the caller owns it.</returns>
    public static Tensor Run(Tensor frame, Tensor? residual, int scale)
    {
        (int height, int width) = ((int)frame.size(2), (int)frame.size(3));
        Tensor sum = empty([1, Channels, scale * (long)height, scale * (long)width], ScalarType.Float32, frame.device);
        SumJob job = new(
            TensorMemory.Address(frame), residual is null ? 0 : TensorMemory.Address(residual), TensorMemory.Address(sum),
            frame.stride(1), frame.stride(2), frame.stride(3), residual?.stride(3) ?? 0, height, width);
        int blocks = (int)((((long)height * width) + ThreadsOfBlock - 1) / ThreadsOfBlock);
        FrameKernels.Program.Launch(frame.device, scale == 2 ? "enlarged_sum_2" : "enlarged_sum_4", blocks, (ThreadsOfBlock, 1), job);
        GC.KeepAlive(frame);
        GC.KeepAlive(residual);
        return sum;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct SumJob(
        nint Frame, nint Residual, nint Sum, long FramePlane, long FrameRow, long FramePixel, long ResidualPixel, int Height, int Width);
}
