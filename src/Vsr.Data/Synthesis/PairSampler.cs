using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Fills training batches from a pool of pairs: the same random part, flips and transposition in both resolutions.</summary>
/// <remarks>
/// Frames keep their order and distance: artefacts of compression run forward in time. Batch number s depends on (seed, s) and the pool
/// alone. All work is copies on the device, queued without waiting.
/// </remarks>
internal sealed class PairSampler(PairPool pool, ulong seed)
{
    private readonly int _scale = (int)(pool.Frames.size(3) / pool.LowResolution.size(3));

    /// <summary>Copies batch number <paramref name="step"/> into place.</summary>
    /// <param name="frames">uint8 [N, T, 3, S c, S c] on the pool's device.</param>
    /// <param name="small">uint8 [N, T, 3, c, c] on the pool's device; null where only the high resolution is wanted.</param>
    /// <param name="step">Which batch, from 0.</param>
    /// <exception cref="ArgumentException">The pool's sequences are shorter or smaller than asked for, or the sizes do not belong together.</exception>
    public void FillNext(Tensor frames, Tensor? small, long step)
    {
        (long count, long crop) = (frames.size(1), frames.size(3) / _scale);
        if (count > pool.Frames.size(1) || crop > pool.LowResolution.size(3) || frames.size(3) != crop * _scale
            || (small is not null && (small.size(3) != crop || small.size(1) != count)))
        {
            throw new ArgumentException(
                $"a batch of [{string.Join(", ", frames.shape)}] and [{string.Join(", ", small?.shape ?? [])}] from pairs of "
                + $"[{string.Join(", ", pool.Frames.shape)}] and [{string.Join(", ", pool.LowResolution.shape)}]", nameof(frames));
        }

        using IDisposable noGrad = no_grad();
        for (int sample = 0; sample < frames.size(0); sample++)
        {
            using DisposeScope scope = NewDisposeScope();
            MotionRandom random = new(new SampleGenerator(seed, step, sample));
            int sequence = random.Below((int)pool.Frames.size(0));
            long first = random.Below((int)(pool.Frames.size(1) - count + 1));
            long row = random.Below((int)(pool.LowResolution.size(3) - crop + 1));
            long column = random.Below((int)(pool.LowResolution.size(4) - crop + 1));
            long[] flips = [.. new long[] { 2, 3 }.Where(_ => random.Chance(0.5))];
            bool isTransposed = random.Chance(0.5);
            frames.select(0, sample).copy_(Part(pool.Frames, _scale));
            small?.select(0, sample).copy_(Part(pool.LowResolution, 1));

            Tensor Part(Tensor all, int scale)
            {
                Tensor part = all.select(0, sequence).narrow(0, first, count)
                    .narrow(2, scale * row, scale * crop).narrow(3, scale * column, scale * crop);
                part = flips.Length > 0 ? part.flip(flips) : part;
                return isTransposed ? part.transpose(2, 3) : part;
            }
        }
    }
}
