using System.Buffers;
using System.Runtime.Intrinsics;
using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Cpu;

/// <summary>A frame enlarged four times, bicubic, and what the network adds to it, in one pass over the output.</summary>
/// <remarks>
/// The plain form is <see cref="Resize.Enlarge"/> plus pixel_shuffle of the network's output; this one differs from it by rounding.
/// Rows are enlarged along themselves once and kept; each row of the output is a weighted sum of four of them.
/// </remarks>
internal static unsafe class EnlargedSum
{
    /// <summary>The factor.</summary>
    public const int Scale = 4;

    private const int Pixels = Scale * Scale, Channels = 3, Taps = 5, Reach = Taps / 2;

    private static readonly float[] FourPhases =
        [.. Enumerable.Range(0, Scale).SelectMany(phase => BicubicKernels.TapsOf(phase, Scale)).Select(tap => (float)tap)];

    /// <summary>Whether it takes these tensors.</summary>
    public static bool Takes(Tensor frame, Tensor residual) =>
        frame.device_type == DeviceType.CPU && frame.dtype == ScalarType.Float32 && frame.size(1) == Channels
        && frame.size(0) == residual.size(0) && frame.size(2) == residual.size(2) && frame.size(3) == residual.size(3)
        && residual.dtype is ScalarType.Float32 or ScalarType.BFloat16 && residual.size(1) == Channels * Pixels && residual.stride(1) == 1
        && !frame.requires_grad && !residual.requires_grad;

    /// <summary>The sum.</summary>
    /// <param name="frame">float32 [N, 3, h, w] in any layout.</param>
    /// <param name="residual">float32 or bfloat16 [N, 48, h, w], channels innermost; channel 16 c + 4 y + x is added to the pixel (x, y) of channel c's 4 x 4.</param>
    /// <returns>float32 [N, 3, 4 h, 4 w]; the caller owns it.</returns>
    public static Tensor Run(Tensor frame, Tensor residual)
    {
        (int count, int height, int width) = ((int)frame.size(0), (int)frame.size(2), (int)frame.size(3));
        Tensor sum = empty([count, Channels, Scale * height, Scale * width], ScalarType.Float32, frame.device);
        Places places = new(
            TensorMemory.Address(frame), TensorMemory.Address(residual), TensorMemory.Address(sum), height, width,
            frame.stride(0), frame.stride(1), frame.stride(2), frame.stride(3),
            residual.stride(0), residual.stride(2), residual.stride(3));
        bool isHalf = residual.dtype == ScalarType.BFloat16;
        for (int n = 0; n < count; n++)
        {
            int picture = n;
            RowBlocks.Run(height, isHalf
                ? (first, end) => RunRows<ushort, Bfloat16Lanes>(places, picture, first, end)
                : (first, end) => RunRows<float, Float32Lanes>(places, picture, first, end));
        }

        GC.KeepAlive(frame);
        GC.KeepAlive(residual);
        return sum;
    }

    private static void RunRows<T, TLanes>(in Places at, int picture, int first, int end)
        where T : unmanaged
        where TLanes : ILanes<T>
    {
        int wide = Scale * at.Width;
        int padded = at.Width + (2 * Reach);
        float[] memory = ArrayPool<float>.Shared.Rent((Channels * Taps * wide) + padded);
        fixed (float* ring = memory)
        {
            float* line = ring + (Channels * Taps * wide);
            for (int y = first - Reach; y < first + Reach; y++)
            {
                Widen(at, picture, y, ring, line);
            }

            for (int y = first; y < end; y++)
            {
                Widen(at, picture, y + Reach, ring, line);
                for (int c = 0; c < Channels; c++)
                {
                    for (int phase = 0; phase < Scale; phase++)
                    {
                        Mix<T, TLanes>(at, picture, y, c, phase, ring + (c * Taps * wide));
                    }
                }
            }
        }

        ArrayPool<float>.Shared.Return(memory);
    }

    // A row of each channel enlarged along itself, to its place among the last five.
    private static void Widen(in Places at, int picture, int y, float* ring, float* line)
    {
        int wide = Scale * at.Width;
        int row = Math.Clamp(y, 0, at.Height - 1);
        float[] taps = FourPhases;
        Vector128<float> t0 = Phases(taps, 0), t1 = Phases(taps, 1), t2 = Phases(taps, 2), t3 = Phases(taps, 3), t4 = Phases(taps, 4);
        for (int c = 0; c < Channels; c++)
        {
            float* source = at.FrameRow(picture, c, row);
            for (int x = 0; x < at.Width + (2 * Reach); x++)
            {
                line[x] = source[Math.Clamp(x - Reach, 0, at.Width - 1) * at.FramePixel];
            }

            float* target = ring + (((c * Taps) + Place(y)) * wide);
            for (int x = 0; x < at.Width; x++)
            {
                Vector128<float> sum = t0 * line[x];
                sum = Vector128.MultiplyAddEstimate(t1, Vector128.Create(line[x + 1]), sum);
                sum = Vector128.MultiplyAddEstimate(t2, Vector128.Create(line[x + 2]), sum);
                sum = Vector128.MultiplyAddEstimate(t3, Vector128.Create(line[x + 3]), sum);
                sum = Vector128.MultiplyAddEstimate(t4, Vector128.Create(line[x + 4]), sum);
                sum.Store(target + (Scale * x));
            }
        }
    }

    // One row of the output: the upper phases reach from two rows above to one below, the lower ones the other way round.
    private static void Mix<T, TLanes>(in Places at, int picture, int y, int c, int phase, float* rows)
        where T : unmanaged
        where TLanes : ILanes<T>
    {
        int wide = Scale * at.Width;
        int first = phase < Scale / 2 ? 0 : 1;
        float* r0 = Row(0);
        float* r1 = Row(1);
        float* r2 = Row(2);
        float* r3 = Row(3);
        (Vector128<float> w0, Vector128<float> w1, Vector128<float> w2, Vector128<float> w3) = (Weight(0), Weight(1), Weight(2), Weight(3));
        float* target = at.SumRow(picture, c, (Scale * y) + phase);
        T* residual = (T*)at.Residual + at.ResidualAt(picture, y) + (c * Pixels) + (phase * Scale);
        for (int i = 0; i < wide; i += Scale, residual += at.ResidualPixel)
        {
            Vector128<float> sum = TLanes.Load4(residual);
            sum = Vector128.MultiplyAddEstimate(Vector128.Load(r0 + i), w0, sum);
            sum = Vector128.MultiplyAddEstimate(Vector128.Load(r1 + i), w1, sum);
            sum = Vector128.MultiplyAddEstimate(Vector128.Load(r2 + i), w2, sum);
            sum = Vector128.MultiplyAddEstimate(Vector128.Load(r3 + i), w3, sum);
            sum.Store(target + i);
        }

        float* Row(int k) => rows + (Place(y - Reach + first + k) * wide);

        Vector128<float> Weight(int k) => Vector128.Create(FourPhases[(phase * Taps) + first + k]);
    }

    private static int Place(int y) => (y + Taps) % Taps;            // y is at least -2

    private static Vector128<float> Phases(float[] taps, int k) =>
        Vector128.Create(taps[k], taps[Taps + k], taps[(2 * Taps) + k], taps[(3 * Taps) + k]);

    // Distances are in values.
    private readonly record struct Places(
        nint Frame, nint Residual, nint Sum, int Height, int Width,
        long FramePicture, long FramePlane, long FrameLine, long FramePixel, long ResidualPicture, long ResidualLine, long ResidualPixel)
    {
        public float* FrameRow(int picture, int c, int y) =>
            (float*)Frame + (picture * FramePicture) + (c * FramePlane) + (y * FrameLine);

        public float* SumRow(int picture, int c, int y) =>
            (float*)Sum + (((((long)picture * Channels) + c) * Scale * Height) + y) * Scale * Width;

        public long ResidualAt(int picture, int y) => (picture * ResidualPicture) + (y * ResidualLine);
    }
}
