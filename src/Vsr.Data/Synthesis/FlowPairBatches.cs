using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Fills batches from a pool of pairs: random pairs, and for every eight of them another crop, flip and transposition.</summary>
/// <remarks>Batch number s depends on (seed, s) and the pool alone.</remarks>
internal sealed class FlowPairBatches(FlowPairPool pool, ulong seed)
{
    private const int Group = 8;

    /// <summary>Copies batch number <paramref name="step"/> into place: first(p) = second(p + flow(p)).</summary>
    /// <param name="first">uint8 [N, 3, c, c] on the pool's device, c at most the pool's.</param>
    /// <param name="second">uint8 [N, 3, c, c].</param>
    /// <param name="flow">float32 [N, 2, c, c].</param>
    /// <param name="step">Which batch, from 0; the same number gives the same batch.</param>
    public void FillNext(Tensor first, Tensor second, Tensor flow, long step)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        MotionRandom random = new(new SampleGenerator(seed, step, 0));
        int count = (int)first.size(0);
        int crop = (int)first.size(3);
        long[] rows = new long[count];
        for (int i = 0; i < count; i++)
        {
            rows[i] = random.Below((int)pool.Frames.size(0));
        }

        Tensor chosen = tensor(rows).to(pool.Frames.device, non_blocking: true);
        for (int start = 0; start < count; start += Group)
        {
            long length = Math.Min(Group, count - start);
            Placement place = Draw(random, crop);
            Tensor group = chosen.narrow(0, start, length);
            Tensor frames = place.Turn(place.Cut(pool.Frames).index_select(0, group));          // [n, 2, 3, c, c]
            first.narrow(0, start, length).copy_(frames.select(1, 0));
            second.narrow(0, start, length).copy_(frames.select(1, 1));
            flow.narrow(0, start, length).copy_(place.OfFlow(place.Cut(pool.Flow).index_select(0, group)));
        }
    }

    private Placement Draw(MotionRandom random, int crop)
    {
        int room = (int)pool.Frames.size(4) - crop + 1;
        return new(random.Below(room), random.Below(room), crop, random.Chance(0.5), random.Chance(0.5), random.Chance(0.5));
    }

    /// <summary>The part of the pictures that is seen, and how it is turned. Flips turn a component's sign, transposition exchanges the two.</summary>
    private readonly record struct Placement(long Row, long Column, int Crop, bool FlipX, bool FlipY, bool Transpose)
    {
        public Tensor Cut(Tensor planes) => planes.narrow(-2, Row, Crop).narrow(-1, Column, Crop);

        public Tensor Turn(Tensor planes)
        {
            Tensor turned = FlipX ? planes.flip(-1) : planes;
            turned = FlipY ? turned.flip(-2) : turned;
            return Transpose ? turned.transpose(-2, -1) : turned;
        }

        public Tensor OfFlow(Tensor flow)
        {
            Tensor x = flow.narrow(1, 0, 1);
            Tensor y = flow.narrow(1, 1, 1);
            x = FlipX ? x.neg() : x;
            y = FlipY ? y.neg() : y;
            return Turn(cat(Transpose ? [y, x] : [x, y], 1));
        }
    }
}
