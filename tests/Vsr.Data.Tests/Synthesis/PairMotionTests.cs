using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

/// <summary>The maps between the pictures of a pair.</summary>
public class PairMotionTests
{
    private const int Size = 320;

    public PairMotionTests() => TorchTestBackend.Ensure();

    [Fact]
    public void There_and_back_again_is_the_same_point_to_a_thousandth_of_a_pixel()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor y) = Planes();
        for (ulong seed = 0; seed < 60; seed++)
        {
            PairMotion motion = Draw(seed, strength: 1);
            (Tensor toX, Tensor toY) = motion.Forward(x, y);
            (Tensor backX, Tensor backY) = motion.Backward(toX, toY);

            double error = Math.Max(Largest(backX - x), Largest(backY - y));
            Assert.True(error < 2e-3, $"seed {seed}: {error}");
        }
    }

    [Fact]
    public void The_middle_moves_by_the_shift()
    {
        using DisposeScope scope = NewDisposeScope();
        int exact = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            PairMotion motion = Draw(seed, strength: 1);
            (Tensor x, Tensor y) = motion.Forward(full([1, 1], 33f), full([1, 1], -21f));
            double error = Math.Max(Math.Abs(x.item<float>() - 33 - 12.5), Math.Abs(y.item<float>() + 21 + 7.25));
            exact += error < 1e-3 ? 1 : 0;
            Assert.True(error < 8, $"seed {seed}: {error}");      // waves move it by some pixels
        }

        Assert.InRange(exact, 3, 17);       // half of the motions have no waves
    }

    [Fact]
    public void A_homography_is_that_of_its_four_corners()
    {
        // corners (+-1, +-1) to a quadrilateral; the matrix solved by hand for x' = (2x + 1) / (1 + x/4), y' = 3y / (1 + x/4)
        Homography map = new(2, 0, 1, 0, 3, 0, 0.25, 0);
        (double X, double Y, double ToX, double ToY)[] corners =
            [(1, 1, 2.4, 2.4), (1, -1, 2.4, -2.4), (-1, 1, -4 / 3.0, 4), (-1, -1, -4 / 3.0, -4)];
        using DisposeScope scope = NewDisposeScope();
        foreach ((double fromX, double fromY, double toX, double toY) in corners)
        {
            (Tensor x, Tensor y) = map.Map(tensor(fromX), tensor(fromY));
            (Tensor backX, Tensor backY) = map.Inverse().Map(x, y);

            Assert.Equal((toX, toY), (x.item<double>(), y.item<double>()));
            Assert.Equal(fromX, backX.item<double>(), 12);
            Assert.Equal(fromY, backY.item<double>(), 12);
        }
    }

    [Fact]
    public void Slow_scenes_are_slow_everywhere_and_fast_ones_reach_tens_of_pixels()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor y) = Planes();
        List<double> background = [];
        List<double> things = [];
        for (ulong seed = 0; seed < 200; seed++)
        {
            FlowPairScene scene = FlowPairScene.Draw(new MotionRandom(new SampleGenerator(seed, 0, 0)), Size);
            background.Add(MeanLength(scene.Background, x, y));
            things.AddRange(scene.Things.Select(thing => Math.Sqrt((thing.Motion.Shift.X * thing.Motion.Shift.X) + (thing.Motion.Shift.Y * thing.Motion.Shift.Y))));
        }

        Assert.True(background.Count(length => length < 1) > 40, "few backgrounds move by less than a pixel");
        Assert.True(background.Count(length => length > 5) > 30, "few backgrounds move by more than 5 pixels");
        Assert.True(things.Count(length => length > 40) > things.Count / 20, "few things move by more than 40 pixels");
        Assert.InRange(things.Max(), 60, 120);
        Assert.InRange(background.Max(), 10, 80);
    }

    private static PairMotion Draw(ulong seed, double strength) =>
        PairMotion.Draw(new MotionRandom(new SampleGenerator(seed, 0, 0)), (12.5, -7.25), (33, -21), Size, strength);

    private static (Tensor X, Tensor Y) Planes()
    {
        Tensor line = arange(40, ScalarType.Float32) * 8 - 156;
        return (line.reshape(1, 40).expand(40, 40).contiguous(), line.reshape(40, 1).expand(40, 40).contiguous());
    }

    private static double MeanLength(PairMotion motion, Tensor x, Tensor y)
    {
        (Tensor toX, Tensor toY) = motion.Forward(x, y);
        return ((toX - x).pow(2) + (toY - y).pow(2)).sqrt().mean().item<float>();
    }

    private static double Largest(Tensor values) => values.abs().max().item<float>();
}
