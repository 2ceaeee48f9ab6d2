using System.Runtime.Intrinsics;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Cpu;

/// <summary>Warps a state that lies with its channels innermost straight to its place in the next convolution's input.</summary>
/// <remarks>The plain form is <see cref="Warp.Sample"/>, which reorders the state to planes and widens it; this one differs from it by rounding.</remarks>
internal static unsafe class StateWarp
{
    private const int Lanes = 8;

    /// <summary>Whether it takes these tensors.</summary>
    /// <param name="state">The state.</param>
    /// <param name="flow">The flow.</param>
    public static bool Takes(Tensor state, Tensor flow) =>
        state.device_type == TorchSharp.DeviceType.CPU && state.size(0) == 1 && flow.size(0) == 1
        && state.dtype is ScalarType.Float32 or ScalarType.BFloat16 && flow.dtype == ScalarType.Float32
        && IsChannelsInnermost(state) && flow.size(2) == state.size(2) && flow.size(3) == state.size(3)
        && !state.requires_grad && !flow.requires_grad;

    /// <summary>out(p) = state(p + flow(p)), bilinear, replicated border.</summary>
    /// <param name="state">[1, C, h, w], float32 or bfloat16, channels innermost.</param>
    /// <param name="flow">float32 [1, 2, h, w] in any layout, x then y, in pixels.</param>
    /// <param name="target">[1, C, h, w] of the state's type, channels innermost, with any distance from pixel to pixel; overwritten.</param>
    public static void Run(Tensor state, Tensor flow, Tensor target)
    {
        (int channels, int height, int width) = ((int)state.size(1), (int)state.size(2), (int)state.size(3));
        Places places = new(
            TensorMemory.Address(state), TensorMemory.Address(flow), TensorMemory.Address(target), channels, height, width,
            state.stride(2), state.stride(3), flow.stride(1), flow.stride(2), flow.stride(3), target.stride(2), target.stride(3));
        bool isHalf = state.dtype == ScalarType.BFloat16;
        RowBlocks.Run(height, isHalf
            ? (first, end) => RunRows<ushort, Bfloat16Lanes>(places, first, end)
            : (first, end) => RunRows<float, Float32Lanes>(places, first, end));
        GC.KeepAlive(state);
        GC.KeepAlive(flow);
        GC.KeepAlive(target);
    }

    private static bool IsChannelsInnermost(Tensor x) => x.stride(1) == 1 || x.size(1) == 1;

    private static void RunRows<T, TLanes>(in Places at, int first, int end)
        where T : unmanaged
        where TLanes : ILanes<T>
    {
        T* state = (T*)at.State;
        for (int y = first; y < end; y++)
        {
            T* target = (T*)at.Target + (y * at.TargetRow);
            for (int x = 0; x < at.Width; x++, target += at.TargetPixel)
            {
                Corners corners = at.CornersOf(x, y);
                T* p0 = state + corners.P0;
                T* p1 = state + corners.P1;
                T* p2 = state + corners.P2;
                T* p3 = state + corners.P3;
                int c = 0;
                for (; c <= at.Channels - Lanes; c += Lanes)
                {
                    Vector256<float> sum = TLanes.Load8(p0 + c) * corners.W0;
                    sum = Vector256.MultiplyAddEstimate(TLanes.Load8(p1 + c), Vector256.Create(corners.W1), sum);
                    sum = Vector256.MultiplyAddEstimate(TLanes.Load8(p2 + c), Vector256.Create(corners.W2), sum);
                    sum = Vector256.MultiplyAddEstimate(TLanes.Load8(p3 + c), Vector256.Create(corners.W3), sum);
                    TLanes.Store8(sum, target + c);
                }

                for (; c < at.Channels; c++)
                {
                    target[c] = TLanes.Round(
                        (TLanes.Load(p0[c]) * corners.W0) + (TLanes.Load(p1[c]) * corners.W1)
                        + (TLanes.Load(p2[c]) * corners.W2) + (TLanes.Load(p3[c]) * corners.W3));
                }
            }
        }
    }

    // Distances are in values.
    private readonly record struct Places(
        nint State, nint Flow, nint Target, int Channels, int Height, int Width,
        long StateRow, long StatePixel, long FlowPlane, long FlowRow, long FlowPixel, long TargetRow, long TargetPixel)
    {
        public Corners CornersOf(int x, int y)
        {
            float* flow = (float*)Flow + (y * FlowRow) + (x * FlowPixel);
            float column = Within(x + flow[0], Width);
            float row = Within(y + flow[FlowPlane], Height);
            (int left, int top) = ((int)column, (int)row);
            (float right, float below) = (column - left, row - top);
            long first = (top * StateRow) + (left * StatePixel);
            long toRight = left + 1 < Width ? StatePixel : 0;
            long toBelow = top + 1 < Height ? StateRow : 0;
            return new(
                first, first + toRight, first + toBelow, first + toRight + toBelow,
                (1 - right) * (1 - below), right * (1 - below), (1 - right) * below, right * below);
        }

        // Not a number becomes 0, too.
        private static float Within(float position, int count) => position > 0 ? Math.Min(position, count - 1) : 0;
    }

    private readonly record struct Corners(long P0, long P1, long P2, long P3, float W0, float W1, float W2, float W3);
}
