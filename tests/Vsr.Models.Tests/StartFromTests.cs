using TorchSharp;
using TorchSharp.Modules;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Networks that begin with what a related one has learned.</summary>
public sealed class StartFromTests
{
    private static readonly RecurrentOptions Small = new() { Channels = 8, Blocks = 2, FlowChannels = 8, FlowLevels = 2, LookAhead = 1 };

    [Fact]
    public void TwoDirectionsBeginWithTheMeanOfBothPasses()
    {
        using RecurrentVsr source = Learned(Small);
        using RecurrentVsr both = Fresh(Small with { TwoDirections = true });
        both.StartFrom(source);
        using (DisposeScope scope = NewDisposeScope())
        {
            using IDisposable noGrad = no_grad();
            Tensor frames = rand([2, 5, 3, 16, 16]);
            Tensor mean = (source.Unroll(frames).Sr + source.Unroll(frames.flip(1)).Sr.flip(1)) / 2;
            Assert.True((mean - both.Unroll(frames).Sr).abs().max().item<float>() < 1e-5);
        }

        using RecurrentVsr back = Fresh(Small);
        back.StartFrom(both);
        AssertSame(source, back);
    }

    [Fact]
    public void EqualOptionsCopyEverything()
    {
        using RecurrentVsr source = Learned(Small with { TwoDirections = true });
        using RecurrentVsr copy = Fresh(source.Options);
        copy.StartFrom(source);
        foreach ((string name, Tensor tensor) in copy.state_dict())
        {
            Assert.True(tensor.equal(source.state_dict()[name]).all().item<bool>(), name);
        }
    }

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(4, false, true)]
    [InlineData(4, true, false)]
    public void AnotherOutputKeepsTheTrunkAndTheFlow(int scale, bool carry, bool warp)
    {
        using RecurrentVsr source = Learned(Small);
        using RecurrentVsr other = Fresh(Small with { Scale = scale, CarryOutput = carry, WarpOutput = warp });
        Dictionary<string, Tensor> before = other.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        other.StartFrom(source);
        Dictionary<string, Tensor> theirs = source.state_dict();
        foreach ((string name, Tensor tensor) in other.state_dict())
        {
            bool isHead = name == "head.weight";
            bool isFresh = name.StartsWith("out.", StringComparison.Ordinal) && scale != 4;
            Tensor expected = isFresh ? before[name] : theirs[name];
            long channels = isHead ? 9 + Small.Channels : -1;
            Assert.True(isHead
                ? tensor.narrow(1, 0, channels).equal(expected.narrow(1, 0, channels)).all().item<bool>()
                : tensor.equal(expected).all().item<bool>(), name);
            Assert.True(!isHead || tensor.size(1) == channels || tensor.narrow(1, channels, tensor.size(1) - channels).count_nonzero().item<long>() == 0);
        }
    }

    [Fact]
    public void StrangersAreRefused()
    {
        using RecurrentVsr source = Fresh(Small);
        foreach (RecurrentOptions options in new[]
        {
            Small with { Channels = 16 }, Small with { Blocks = 3 }, Small with { LookAhead = 2 },
            Small with { FlowLevels = 3 }, Small with { UseFlow = false }, Small with { FlowReduction = 2 },
        })
        {
            using RecurrentVsr other = Fresh(options);
            Assert.Single(other.DifferencesFrom(source.Options));
            Assert.Throws<ArgumentException>(() => other.StartFrom(source));
        }
    }

    private static RecurrentVsr Fresh(RecurrentOptions options)
    {
        TorchTestBackend.Ensure();
        random.manual_seed(1);
        return new RecurrentVsr(options);
    }

    private static RecurrentVsr Learned(RecurrentOptions options)
    {
        RecurrentVsr network = Fresh(options);
        using IDisposable noGrad = no_grad();
        foreach (Parameter parameter in network.parameters())
        {
            parameter.add_(randn_like(parameter).mul_(0.05));
        }

        return network;
    }

    private static void AssertSame(RecurrentVsr expected, RecurrentVsr actual)
    {
        using IDisposable noGrad = no_grad();
        using Tensor frames = rand([1, 4, 3, 16, 16]);
        using Tensor theirs = expected.Unroll(frames).Sr;
        using Tensor ours = actual.Unroll(frames).Sr;
        Assert.True((theirs - ours).abs().max().item<float>() < 1e-5);
    }
}
