using TorchSharp;
using TorchSharp.Modules;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests.Shipped;

/// <summary>Counts of multiply-accumulates: those of arithmetic by hand, and those of convolutions that are watched while they run.</summary>
public class CostTests
{
    public CostTests() => TorchTestBackend.Ensure();

    [Fact]
    public void TheDefaultNetworkAgreesWithArithmeticByHand()
    {
        using RecurrentVsr network = new();
        const long head = (12 + 128 + 48) * 128 * 9;
        const long position = head + (20 * 128 * 128 * 9) + (128 * 128 * 9) + (128 * 48 * 9);
        const long level = (26 * 64 * 9) + (3 * 64 * 64 * 9) + (64 * 8 * 9);
        const long positions = (160 * 96) + (80 * 48) + (40 * 24) + (20 * 12);                  // 320x192, halved 1 to 4 times

        Assert.Equal((320 * 180 * position) + (3 * positions * level), network.CountMultiplyAccumulates(180, 320));
        Assert.Equal(201_989_376_000, network.CountMultiplyAccumulates(180, 320));
    }

    [Fact]
    public void VsrNetAgreesWithArithmeticByHand()
    {
        using VsrNet network = new();

        Assert.Equal(1280 * 720 * ((3 * 64 * 81L) + (192 * 32 * 25) + (32 * 25)), network.CountMultiplyAccumulates(180, 320));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void ARecurrentFrameRunsWhatIsCounted(int lookAhead, bool useFlow)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 2, LookAhead = lookAhead, UseFlow = useFlow });
        network.eval();
        Tensor[] frames = [.. Enumerable.Range(0, 2 + lookAhead).Select(_ => rand(1, 3, 18, 37))];
        RecurrentState state = network.Frame(frames[0], [null, .. frames[1..^1]], RecurrentState.Empty).State;

        long watched = Watch(network, () => network.Frame(frames[1], [frames[0], .. frames[2..]], state));

        const int headInputsBesideNeighbours = 3 + 8 + 48;                      // the head is not called by its module
        watched += 18 * 37 * 9L * 8 * (headInputsBesideNeighbours + (3 * (1 + lookAhead)));
        Assert.Equal(watched, network.CountMultiplyAccumulates(18, 37));
    }

    [Fact]
    public void TwoDirectionsCostTwoPassesAndTheirBlend()
    {
        using RecurrentVsr one = new(new RecurrentOptions { Channels = 8, Blocks = 2 });
        using RecurrentVsr two = new(one.Options with { TwoDirections = true });
        const long blend = (16 * 4) + (4 * 4 * 9) + (4 * 64 * 9);
        Assert.Equal((2 * one.CountMultiplyAccumulates(18, 37)) + (18 * 37 * blend), two.CountMultiplyAccumulates(18, 37));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ThePairOfACompactFlowRunsWhatIsCounted(int searchRadius)
    {
        using DisposeScope scope = NewDisposeScope();
        using CompactFlow network = new(new CompactFlowOptions { Channels = 8, Levels = 3, SearchRadius = searchRadius });

        long watched = Watch(network, () => network.Estimate(rand(1, 3, 21, 34), rand(1, 3, 21, 34)));

        Assert.Equal(watched, network.CountMultiplyAccumulates(21, 34));
    }

    [Fact]
    public void ThePairOfFlowNetSDRunsWhatIsCounted()
    {
        using DisposeScope scope = NewDisposeScope();
        using FlowNetSD network = new();

        long watched = Watch(network, () => network.Estimate(rand(1, 3, 60, 70), rand(1, 3, 60, 70)));

        Assert.Equal(watched, network.CountMultiplyAccumulates(60, 70));
    }

    [Fact]
    public void AWindowOfVsrNetPaysForTheFlowOfItsNeighbours()
    {
        using VsrNet still = new(new VsrNetOptions { Frames = 5, Scale = 2 });
        using VsrNet moving = new(new VsrNetOptions { Frames = 5, Scale = 2, Flow = VsrNetFlow.FlowNetSD });
        using VsrNet compact = new(new VsrNetOptions { Frames = 5, Scale = 2, Flow = VsrNetFlow.Compact });
        long layers = still.CountMultiplyAccumulates(30, 40);

        Assert.Equal(60 * 80 * ((5 * 64 * 81L) + (320 * 32 * 25) + (32 * 25)), layers);
        Assert.Equal(layers + (4 * moving.Flow!.CountMultiplyAccumulates(60, 80)), moving.CountMultiplyAccumulates(30, 40));
        Assert.Equal(layers + (4 * compact.Flow!.CountMultiplyAccumulates(30, 40)), compact.CountMultiplyAccumulates(30, 40));
    }

    /// <summary>Runs work and sums what the convolutions that are called in it multiply and add.</summary>
    private static long Watch(Network network, Action work)
    {
        long sum = 0;
        foreach (nn.Module module in network.modules())
        {
            switch (module)
            {
                case Conv2d layer:
                    layer.register_forward_hook((_, _, output) => Add(output, layer.weight, output));
                    break;
                case ConvTranspose2d layer:
                    layer.register_forward_hook((_, input, output) => Add(output, layer.weight, input));
                    break;
            }
        }

        work();
        return sum;

        // a weight [A, B, k, k] works once at every position: of the output, or of a transposed convolution's input
        Tensor Add(Tensor output, Tensor weight, Tensor positions)
        {
            sum += weight.numel() * positions.size(0) * positions.size(2) * positions.size(3);
            return output;
        }
    }
}
