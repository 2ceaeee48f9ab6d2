using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Fills training batches from pools: random part, distance and direction of frames, flips and transposition.</summary>
/// <remarks>
/// Batch number s depends on (seed, s) and the pools alone, so the sampler has no state but the number that its user counts. All
/// work is copies on the device, queued without waiting: into a fixed tensor that a CUDA graph reads.
/// </remarks>
public sealed class PoolSampler
{
    private static readonly int[] Strides = [1, 1, 2];

    private readonly IReadOnlyList<ISequencePool> _pools;
    private readonly double[] _probabilities;
    private readonly ulong _seed;

    /// <summary>A sampler over some pools.</summary>
    /// <param name="pools">At least one; not disposed with the sampler.</param>
    /// <param name="probabilities">How often each is chosen, one a pool; only their ratios count.</param>
    /// <param name="seed">What batches are drawn from.</param>
    /// <exception cref="ArgumentException">The numbers of pools and probabilities differ, or no probability is positive.</exception>
    public PoolSampler(IReadOnlyList<ISequencePool> pools, IReadOnlyList<double> probabilities, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(pools);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (pools.Count == 0 || pools.Count != probabilities.Count)
        {
            throw new ArgumentException(
                $"{pools.Count} pools with {probabilities.Count} probabilities; give one for each of at least one pool", nameof(probabilities));
        }

        if (probabilities.Any(probability => !(probability >= 0)) || probabilities.Sum() <= 0)
        {
            throw new ArgumentException(
                $"probabilities {string.Join(", ", probabilities)}; none may be negative and one must be positive", nameof(probabilities));
        }

        _pools = pools;
        _probabilities = [.. probabilities];
        _seed = seed;
    }

    /// <summary>Copies batch number <paramref name="step"/> into place.</summary>
    /// <param name="destination">uint8 [N, T, 3, c, c] on the pools' device; T and c at most the pools'.</param>
    /// <param name="step">Which batch, from 0; the same number gives the same batch.</param>
    /// <exception cref="ArgumentException">A pool's sequences are shorter or smaller than asked for.</exception>
    public void FillNext(Tensor destination, long step)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Check(destination);
        using IDisposable noGrad = no_grad();
        for (int sample = 0; sample < destination.size(0); sample++)
        {
            using DisposeScope scope = NewDisposeScope();
            MotionRandom random = new(new SampleGenerator(_seed, step, sample));
            Tensor frames = _pools[random.ChooseWeighted(_probabilities)].Frames;
            destination.select(0, sample).copy_(Draw(random, frames, destination.size(1), destination.size(3)));
        }
    }

    private static Tensor Draw(MotionRandom random, Tensor pool, long count, long crop)
    {
        Tensor sequence = pool.select(0, random.Below((int)pool.size(0)));             // [T, 3, H, W]
        int stride = count * 2 <= sequence.size(0) ? random.Choose<int>(Strides) : 1;
        long span = stride * (count - 1);
        long first = random.Below((int)(sequence.size(0) - span));
        long row = random.Below((int)(sequence.size(2) - crop + 1));
        long column = random.Below((int)(sequence.size(3) - crop + 1));
        Tensor part = sequence.slice(0, first, first + span + 1, stride).narrow(2, row, crop).narrow(3, column, crop);
        long[] flips = new long[] { 0, 2, 3 }.Where(_ => random.Chance(0.5)).ToArray();
        part = flips.Length > 0 ? part.flip(flips) : part;
        return random.Chance(0.5) ? part.transpose(2, 3) : part;
    }

    private void Check(Tensor destination)
    {
        if (destination.dim() != 5 || destination.dtype != ScalarType.Byte || destination.size(3) != destination.size(4))
        {
            throw new ArgumentException(
                $"a batch of {destination.dtype} [{string.Join(", ", destination.shape)}]; give uint8 [N, T, 3, c, c]", nameof(destination));
        }

        foreach (ISequencePool pool in _pools)
        {
            if (pool.Frames.size(1) < destination.size(1) || pool.Frames.size(3) < destination.size(3))
            {
                throw new ArgumentException(
                    $"{destination.size(1)} frames of {destination.size(3)}x{destination.size(3)} from a pool of "
                    + $"{pool.Frames.size(1)} frames of {pool.Frames.size(3)}x{pool.Frames.size(3)}; ask for less or make the pool larger",
                    nameof(destination));
            }
        }
    }
}
