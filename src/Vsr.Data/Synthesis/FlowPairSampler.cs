using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Fills batches of frame pairs for training a flow network: some from stills in motion with exact flow, the others from clips.</summary>
/// <remarks>
/// One crop, flip and transposition a batch, applied to pictures and flow alike; flips turn a component's sign, transposition
/// exchanges the two. Batch number s depends on (seed, s) and the pools alone.
/// </remarks>
public sealed class FlowPairSampler
{
    private readonly MotionPool _exact;
    private readonly ISequencePool? _clips;
    private readonly ulong _seed;

    /// <summary>A sampler over a pool with flow and, when wanted, one without.</summary>
    /// <param name="exact">Stills in motion; not disposed with the sampler.</param>
    /// <param name="clips">Where pairs without flow come from; null when there are none.</param>
    /// <param name="seed">What batches are drawn from.</param>
    public FlowPairSampler(MotionPool exact, ISequencePool? clips, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(exact);
        (_exact, _clips, _seed) = (exact, clips, seed);
    }

    /// <summary>Copies batch number <paramref name="step"/> into place: first(p) = second(p + flow(p)) on the grid reduced by 4.</summary>
    /// <param name="first">uint8 [N, 3, c, c] on the pools' device, c a multiple of 4 and at most the pools'.</param>
    /// <param name="second">uint8 [N, 3, c, c]: the next or the previous frame.</param>
    /// <param name="flow">float32 [M, 2, c/4, c/4]: the flow of the first M pairs; the other N - M pairs come from clips.</param>
    /// <param name="step">Which batch, from 0; the same number gives the same batch.</param>
    /// <exception cref="ArgumentException">The shapes do not belong together, or pairs from clips are wanted where there are none.</exception>
    public void FillNext(Tensor first, Tensor second, Tensor flow, long step)
    {
        Check(first, second, flow);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        MotionRandom random = new(new SampleGenerator(_seed, step, 0));
        int crop = (int)first.size(3);
        int exact = (int)flow.size(0);
        int others = (int)first.size(0) - exact;
        long row = Offset(random, crop);
        long column = Offset(random, crop);
        Placement place = new(row, column, crop, random.Chance(0.5), random.Chance(0.5), random.Chance(0.5));
        Pairs pairs = new(random, exact, _exact.Frames);
        first.narrow(0, 0, exact).copy_(place.OfPictures(Take(_exact.Frames, pairs.First)));
        second.narrow(0, 0, exact).copy_(place.OfPictures(Take(_exact.Frames, pairs.Second)));
        flow.copy_(place.OfFlow(Take(_exact.Flow.flatten(0, 1), pairs.Flow)));
        if (others > 0)
        {
            Pairs real = new(random, others, _clips!.Frames);
            first.narrow(0, exact, others).copy_(place.OfPictures(Take(_clips.Frames, real.First)));
            second.narrow(0, exact, others).copy_(place.OfPictures(Take(_clips.Frames, real.Second)));
        }
    }

    private static Tensor Take(Tensor pool, Tensor rows) => pool.flatten(0, 1).index_select(0, rows);

    private int Offset(MotionRandom random, int crop)
    {
        int size = (int)Math.Min(_exact.Frames.size(3), _clips?.Frames.size(3) ?? long.MaxValue);
        return random.Below(((size - crop) / MotionPool.FlowScale) + 1) * MotionPool.FlowScale;
    }

    private void Check(Tensor first, Tensor second, Tensor flow)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(flow);
        long crop = first.size(3);
        if (first.dim() != 4 || !first.shape.SequenceEqual(second.shape) || first.size(2) != crop || crop % MotionPool.FlowScale != 0
            || flow.size(2) != crop / MotionPool.FlowScale || flow.size(0) < 1 || flow.size(0) > first.size(0))
        {
            throw new ArgumentException(
                $"pairs [{string.Join(", ", first.shape)}] with flow [{string.Join(", ", flow.shape)}]; "
                + "give [N, 3, c, c] twice and [M, 2, c/4, c/4]", nameof(first));
        }

        if (flow.size(0) < first.size(0) && _clips is null)
        {
            throw new ArgumentException(
                $"{first.size(0) - flow.size(0)} pairs without flow, but there is no pool of clips; give one or ask for flow with all pairs",
                nameof(flow));
        }

        if (crop > _exact.Frames.size(3) || crop > (_clips?.Frames.size(3) ?? crop))
        {
            throw new ArgumentException($"crops of {crop}x{crop} are larger than the pools' sequences; ask for smaller ones", nameof(first));
        }
    }

    /// <summary>The part of the frames that a batch shows, and how it is turned.</summary>
    private readonly record struct Placement(long Row, long Column, int Crop, bool FlipX, bool FlipY, bool Transpose)
    {
        public Tensor OfPictures(Tensor pictures) => Turn(pictures.narrow(2, Row, Crop).narrow(3, Column, Crop));

        public Tensor OfFlow(Tensor flow)
        {
            const int scale = MotionPool.FlowScale;
            Tensor part = flow.narrow(2, Row / scale, Crop / scale).narrow(3, Column / scale, Crop / scale);
            Tensor x = part.narrow(1, 0, 1);
            Tensor y = part.narrow(1, 1, 1);
            x = FlipX ? x.neg() : x;
            y = FlipY ? y.neg() : y;
            return Turn(cat(Transpose ? [y, x] : [x, y], 1));
        }

        private Tensor Turn(Tensor pictures)
        {
            List<long> flips = [];
            if (FlipX)
            {
                flips.Add(3);
            }

            if (FlipY)
            {
                flips.Add(2);
            }

            Tensor flipped = flips.Count > 0 ? pictures.flip([.. flips]) : pictures;
            return Transpose ? flipped.transpose(2, 3) : flipped;
        }
    }

    /// <summary>Which frames make the pairs: rows of a pool's [n * T, ...], and of a pool's flow [n * 2 * T, ...].</summary>
    private sealed class Pairs
    {
        public Pairs(MotionRandom random, int count, Tensor frames)
        {
            (long sequences, long length) = (frames.size(0), frames.size(1));
            long[] first = new long[count];
            long[] second = new long[count];
            long[] flow = new long[count];
            for (int i = 0; i < count; i++)
            {
                long sequence = random.Below((int)sequences);
                long frame = 1 + random.Below((int)length - 2);
                int forward = random.Below(2);
                first[i] = (sequence * length) + frame;
                second[i] = first[i] + (2 * forward) - 1;
                flow[i] = (((2 * sequence) + forward) * length) + frame;
            }

            Tensor rows = tensor(first.Concat(second).Concat(flow).ToArray()).reshape(3, count).to(frames.device, non_blocking: true);
            (First, Second, Flow) = (rows.select(0, 0), rows.select(0, 1), rows.select(0, 2));
        }

        public Tensor First { get; }

        public Tensor Second { get; }

        public Tensor Flow { get; }
    }
}
