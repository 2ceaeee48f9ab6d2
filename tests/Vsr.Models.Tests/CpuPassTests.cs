using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Models.Cpu;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models.Tests;

/// <summary>Passes of our own over the output and the state on the CPU, against libtorch's operators.</summary>
public class CpuPassTests
{
    public CpuPassTests()
    {
        TorchTestBackend.Ensure();
        random.manual_seed(5);
    }

    [Theory]
    [InlineData(1, 1, 1, false)]
    [InlineData(1, 2, 3, true)]
    [InlineData(2, 5, 7, false)]
    [InlineData(1, 33, 20, true)]
    [InlineData(3, 40, 1, false)]
    public void TheEnlargedSumIsThatOfTheOperators(int count, int height, int width, bool isHalf)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor frame = rand(count, 3, height, width);
        Tensor residual = TensorLayout.ToChannelsLast((rand(count, 48, height, width) - 0.5).to(isHalf ? ScalarType.BFloat16 : ScalarType.Float32));
        Assert.True(EnlargedSum.Takes(frame, residual));

        Tensor sum = EnlargedSum.Run(frame, residual);

        Tensor expected = Resize.Enlarge(frame, 4) + F.pixel_shuffle(residual, 4);
        Assert.Equal(expected.shape, sum.shape);
        Assert.InRange((sum - expected).abs().max().item<float>(), 0, 2e-6f);
    }

    [Fact]
    public void PartsOfLargerTensorsAreTaken()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor frame = TensorLayout.ToChannelsLast(rand(1, 4, 12, 17)).narrow(1, 1, 3).narrow(2, 2, 9).narrow(3, 3, 11);
        Tensor residual = TensorLayout.ToChannelsLast(rand(1, 60, 9, 11)).narrow(1, 5, 48);
        Assert.True(EnlargedSum.Takes(frame, residual));

        Tensor expected = Resize.Enlarge(frame, 4) + F.pixel_shuffle(residual, 4);
        Assert.InRange((EnlargedSum.Run(frame, residual) - expected).abs().max().item<float>(), 0, 2e-6f);
    }

    [Theory]
    [InlineData(1, 1, 1, false)]
    [InlineData(8, 6, 9, false)]
    [InlineData(13, 20, 31, false)]
    [InlineData(13, 20, 31, true)]
    [InlineData(32, 45, 7, true)]
    public void TheWarpedStateIsThatOfTheOperators(int channels, int height, int width, bool isHalf)
    {
        using DisposeScope scope = NewDisposeScope();
        using Warp plain = new();
        ScalarType type = isHalf ? ScalarType.BFloat16 : ScalarType.Float32;
        Tensor state = TensorLayout.ToChannelsLast((rand(1, channels, height, width) - 0.5).to(type));
        Tensor flow = 12 * (rand(1, 2, height, width) - 0.5);                            // some of it leaves the picture
        flow = isHalf ? TensorLayout.ToChannelsLast(flow) : flow;
        Tensor input = TensorLayout.ToChannelsLast(full([1, channels + 7, height, width], 9, type));
        Tensor target = input.narrow(1, 3, channels);
        Assert.True(StateWarp.Takes(state, flow));

        StateWarp.Run(state, flow, target);

        Tensor expected = plain.Sample(state, flow).to(type);
        float error = (target - expected).abs().max().to(ScalarType.Float32).item<float>();
        Assert.InRange(error, 0, isHalf ? 0.004f : 2e-5f);                               // half: one step of bfloat16 where rounding is a near tie
        Assert.True((input.narrow(1, 0, 3) == 9).all().item<bool>() && (input.narrow(1, channels + 3, 4) == 9).all().item<bool>());
    }

    [Fact]
    public void FlowThatIsNoNumberReadsTheBorderAndNothingElse()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor state = TensorLayout.ToChannelsLast(rand(1, 8, 4, 5));
        Tensor flow = full([1, 2, 4, 5], float.NaN);
        flow[0, 0, 1, 1] = float.PositiveInfinity;
        flow[0, 1, 1, 1] = float.NegativeInfinity;
        Tensor target = empty_like(state);

        StateWarp.Run(state, flow, target);

        Assert.Equal(state[0, .., 0, 0].data<float>(), target[0, .., 2, 3].data<float>());
        Assert.Equal(state[0, .., 0, 4].data<float>(), target[0, .., 1, 1].data<float>());
    }

    [Fact]
    public void WhatLiesOtherwiseIsLeftToTheOperators()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor planes = rand(1, 8, 4, 5);
        Tensor flow = rand(1, 2, 4, 5);
        Tensor frame = rand(1, 3, 4, 5);

        Assert.False(StateWarp.Takes(planes, flow));
        Assert.False(StateWarp.Takes(TensorLayout.ToChannelsLast(planes), flow.to(ScalarType.Float64)));
        Assert.False(StateWarp.Takes(TensorLayout.ToChannelsLast(rand(2, 8, 4, 5)), rand(2, 2, 4, 5)));
        Assert.False(EnlargedSum.Takes(frame, rand(1, 48, 4, 5)));
        Assert.False(EnlargedSum.Takes(frame, TensorLayout.ToChannelsLast(rand(1, 12, 4, 5))));
    }

    [Fact]
    public void TheStateOfAFusedNetworkIsTaken()
    {
        Assert.SkipUnless(FusedConvolution.IsAvailableOn(DeviceType.CPU), "needs a libtorch with fused convolutions");
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 16, Blocks = 1, LookAhead = 0, CarryOutput = false });
        using RecurrentVsr fused = network.CopyForInference(InferencePrecision.Fp32);
        Tensor frame = rand(1, 3, 32, 48);

        RecurrentState state = fused.Frame(frame, [frame], RecurrentState.Empty).State;

        Assert.NotNull(fused.Moved(state.Hidden, rand(1, 2, 32, 48)).Motion);
        Assert.Null(network.Moved(state.Hidden, rand(1, 2, 32, 48)).Motion);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AllRowsAreDoneOnceWhateverTheThreads(int threads)
    {
        int before = get_num_threads();
        try
        {
            set_num_threads(threads);
            foreach (int rows in new[] { 1, 2, 5, 100 })
            {
                int[] done = new int[rows];
                RowBlocks.Run(rows, (first, end) =>
                {
                    for (int y = first; y < end; y++)
                    {
                        Interlocked.Increment(ref done[y]);
                    }
                });
                Assert.All(done, count => Assert.Equal(1, count));
            }
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
