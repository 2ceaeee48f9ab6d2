using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Sequences cut from pairs of high and low resolution, ready on the device.</summary>
/// <remarks>Sequence j depends on (seed, j), the size and the pairs, and on nothing else.</remarks>
internal sealed class PairPool : ISequencePool, IDisposable
{
    private const int CutsAtOnce = 8;

    private PairPool(Tensor frames, Tensor small) => (Frames, LowResolution) = (frames, small);

    /// <summary>uint8 [n, T, 3, H, W], RGB, on the device; the pool's own memory.</summary>
    public Tensor Frames { get; }

    /// <summary>uint8 [n, T, 3, H/S, W/S], the low-resolution frames of the same places.</summary>
    public Tensor LowResolution { get; }

    /// <summary>Cuts a pool.</summary>
    /// <param name="clips">The pairs; those that are too short or too small are passed over. Not disposed.</param>
    /// <param name="count">Sequences, n.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="device">Where they are kept.</param>
    /// <param name="options">Length and size; what of the size is no multiple of S is left out.</param>
    /// <param name="cancellation">Ends the cutting early.</param>
    /// <exception cref="ArgumentException">No pair is long and large enough.</exception>
    /// <exception cref="VsrException">A clip fails to decode.</exception>
    public static PairPool Cut(
        PairedClips clips, int count, ulong seed, Device device, MotionPoolOptions options, CancellationToken cancellation)
    {
        (int frames, int scale) = (options.FrameCount, clips.Scale);
        int small = options.Size / scale;
        PairCutter cutter = new(clips, frames, scale * small);
        using IDisposable noGrad = no_grad();
        PairPool pool = new(
            empty([count, frames, 3, scale * small, scale * small], ScalarType.Byte, device).DetachFromDisposeScope(),
            empty([count, frames, 3, small, small], ScalarType.Byte, device).DetachFromDisposeScope());
        try
        {
            for (int start = 0; start < count; start += CutsAtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                pool.Add(start, ReadCuts(cutter, seed, start, Math.Min(CutsAtOnce, count - start)));
            }
        }
        catch
        {
            pool.Dispose();
            throw;
        }

        return pool;
    }

    public void Dispose()
    {
        Frames.Dispose();
        LowResolution.Dispose();
    }

    private static PairCut[] ReadCuts(PairCutter cutter, ulong seed, int start, int count)
    {
        PairCut[] cuts = new PairCut[count];
        try
        {
            Parallel.For(0, count, i => cuts[i] = cutter.Cut(new MotionRandom(new SampleGenerator(seed, 2, start + i))));
        }
        catch (AggregateException failures) when (failures.InnerException is VsrException first)
        {
            throw new VsrException(first.Message, failures) { Hint = first.Hint };
        }

        return cuts;
    }

    private void Add(int start, PairCut[] cuts)
    {
        for (int i = 0; i < cuts.Length; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            Place(cuts[i].Hr, Frames.select(0, start + i));
            Place(cuts[i].Lr, LowResolution.select(0, start + i));
        }
    }

    private static void Place(byte[] pixels, Tensor sequence) => sequence.copy_(tensor(pixels).reshape(sequence.shape));
}
