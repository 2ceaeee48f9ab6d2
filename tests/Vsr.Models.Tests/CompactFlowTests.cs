using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>The compact flow network with a search radius, and its comparison of features. Its parity with PyTorch without: RecurrentParityTests.</summary>
public class CompactFlowTests
{
    public CompactFlowTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Correlation_is_the_mean_product_with_the_place_moved_to()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(3);
        Tensor a = randn(2, 5, 4, 6, dtype: ScalarType.Float64);
        Tensor b = randn(2, 5, 4, 6, dtype: ScalarType.Float64);

        Tensor costs = LocalCorrelation.OneByOne(a, b, radius: 2);

        Assert.Equal([2, 25, 4, 6], costs.shape);
        foreach ((int y, int x, int dy, int dx) in new[] { (0, 0, 0, 0), (1, 4, -1, 1), (3, 2, -2, -2), (2, 5, 2, 0), (0, 1, 1, -2) })
        {
            double sum = 0;
            for (int c = 0; c < 5; c++)
            {
                bool isInside = y + dy is >= 0 and < 4 && x + dx is >= 0 and < 6;
                sum += isInside ? a[1, c, y, x].item<double>() * b[1, c, y + dy, x + dx].item<double>() : 0;
            }

            Assert.Equal(sum / 5, costs[1, ((dy + 2) * 5) + dx + 2, y, x].item<double>(), 12);
        }
    }

    [Fact]
    public void Both_ways_of_correlating_are_one_with_gradients()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(4);
        Tensor[] inputs = [.. Enumerable.Range(0, 4).Select(_ => randn(2, 3, 5, 7, dtype: ScalarType.Float64))];
        (inputs[2], inputs[3]) = (inputs[0].clone(), inputs[1].clone());
        foreach (Tensor input in inputs)
        {
            input.requires_grad_(true);
        }

        Tensor fast = LocalCorrelation.AtOnce(inputs[0], inputs[1], radius: 3);
        Tensor plain = LocalCorrelation.OneByOne(inputs[2], inputs[3], radius: 3);
        Tensor weights = arange(fast.numel(), ScalarType.Float64).reshape(fast.shape).sin();
        (fast * weights).sum().backward();
        (plain * weights).sum().backward();

        Assert.InRange((fast - plain).abs().max().item<double>(), 0, 1e-14);
        Assert.InRange((inputs[0].grad! - inputs[2].grad!).abs().max().item<double>(), 0, 1e-13);
        Assert.InRange((inputs[1].grad! - inputs[3].grad!).abs().max().item<double>(), 0, 1e-13);
    }

    [Fact]
    public void The_network_estimates_the_same_with_and_without_gradients_at_any_size()
    {
        using DisposeScope scope = NewDisposeScope();
        using CompactFlow network = new(new CompactFlowOptions { Levels = 3, Channels = 16, SearchRadius = 2 });
        network.DrawWeights();
        foreach ((string name, Tensor value) in network.state_dict())
        {
            if (name.EndsWith(".8.weight", StringComparison.Ordinal))
            {
                nn.init.normal_(value, 0, 0.05);
            }
        }

        Tensor frames = GoldenFormula.Frames(ScalarType.Float32, [1, 2, 3, 37, 45]);
        (Tensor a, Tensor b) = (frames.select(1, 0), frames.select(1, 1));
        Tensor recorded = network.Estimate(a, b);
        Tensor plain;
        using (no_grad())
        {
            plain = network.Estimate(a, b);
        }

        Assert.Equal([1, 2, 37, 45], plain.shape);
        Assert.True(plain.abs().max().item<float>() > 0.05f);
        Assert.InRange((recorded - plain).abs().max().item<float>(), 0, 1e-4);
        network.SetPrecision(ScalarType.BFloat16);
        using (no_grad())
        {
            Tensor half = network.Estimate(a, b);
            Assert.Equal(ScalarType.Float32, half.dtype);
            Assert.InRange(TorchTestBackend.RelativeError(half, plain), 1e-5, 0.1);
        }
    }

    [Fact]
    public void Fresh_estimates_are_zero()
    {
        using DisposeScope scope = NewDisposeScope();
        using CompactFlow network = new(CompactFlowOptions.LargeMotion);
        network.DrawWeights();
        Tensor frames = GoldenFormula.Frames(ScalarType.Float32, [1, 2, 3, 64, 64]);

        Tensor[] flows = network.forward(frames.select(1, 0), frames.select(1, 1));

        Assert.Equal([2, 4, 8, 16, 32, 64], flows.Select(flow => flow.size(3)));
        Assert.All(flows, flow => Assert.Equal(0, flow.abs().max().item<float>()));
    }
}
