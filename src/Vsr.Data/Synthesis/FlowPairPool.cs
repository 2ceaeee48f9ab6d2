using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Pairs of pictures with exact flow at full resolution, rendered from stills, ready on the device.</summary>
/// <remarks>Pair j depends on (seed, j), the size and the stills, and on nothing else.</remarks>
internal sealed class FlowPairPool : IDisposable
{
    private const long Stream = 3;      // so that pools of other kinds, made from the same seed, draw other numbers

    private FlowPairPool(Tensor frames, Tensor flow) => (Frames, Flow) = (frames, flow);

    /// <summary>uint8 [n, 2, 3, S, S], RGB.</summary>
    public Tensor Frames { get; }

    /// <summary>float32 [n, 2, S, S]: first(p) = second(p + flow(p)) where nothing is hidden; x then y, pixels.</summary>
    public Tensor Flow { get; }

    /// <summary>Renders a pool; the caller disposes it.</summary>
    /// <param name="stills">uint8 [3, H, W] each, at least 64 pixels each way.</param>
    /// <param name="count">Pairs, n.</param>
    /// <param name="size">Width and height in pixels, S.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="device">Where they are rendered and kept.</param>
    /// <param name="cancellation">Ends the rendering between two pairs.</param>
    /// <exception cref="ArgumentException">A still has another shape or is too small.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static FlowPairPool Render(
        IReadOnlyList<Tensor> stills, int count, int size, ulong seed, Device device, CancellationToken cancellation = default)
    {
        using IDisposable noGrad = no_grad();
        using StillSet set = new(stills, device);
        using FlowPairRenderer renderer = new(set, size, seed, device);
        FlowPairPool pool = new(
            empty([count, 2, 3, size, size], ScalarType.Byte, device).DetachFromDisposeScope(),
            empty([count, 2, size, size], ScalarType.Float32, device).DetachFromDisposeScope());
        try
        {
            for (int j = 0; j < count; j++)
            {
                cancellation.ThrowIfCancellationRequested();
                using Tensor frames = pool.Frames.select(0, j);
                using Tensor flow = pool.Flow.select(0, j);
                renderer.Render(new MotionRandom(new SampleGenerator(seed, Stream, j)), frames, flow);
            }
        }
        catch
        {
            pool.Dispose();
            throw;
        }

        return pool;
    }

    /// <summary>Frees the pairs.</summary>
    public void Dispose()
    {
        Frames.Dispose();
        Flow.Dispose();
    }
}
