using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Models.Gpu;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models.Tests;

/// <summary>Parts of the head's input by kernels against warps and copies.</summary>
[Trait("Category", "Gpu")]
public sealed class RecurrentInputTests : IDisposable
{
    private readonly Device _device = TorchTestBackend.RequireCuda();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _noGrad = no_grad();
    private readonly Warp _warp = new();

    public RecurrentInputTests()
    {
        Assert.Null(FrameKernels.ProblemOn(_device));
        random.manual_seed(6);
    }

    public void Dispose()
    {
        _warp.Dispose();
        _noGrad.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(128, 34, 50, false)]
    [InlineData(128, 34, 50, true)]
    [InlineData(24, 17, 19, true)]
    [InlineData(8, 1, 3, false)]
    public void StateAndDetailAreThoseOfTheOperators(int channels, int height, int width, bool isPartOfLarger)
    {
        const int before = 12;
        const int behind = 4;
        Tensor flow = isPartOfLarger ? Flow(height + 5, width + 6).narrow(2, 3, height).narrow(3, 2, width) : Flow(height, width);
        Tensor state = TensorLayout.ToChannelsLast(randn([1, channels, height, width]).to(ScalarType.BFloat16).to(_device));
        Tensor previous = rand([1, 3, 4 * height, 4 * width], device: _device);
        Tensor enlarged = rand([1, 3, 4 * height, 4 * width], device: _device);
        Tensor input = full([1, height, width, before + channels + 48 + behind], 9, ScalarType.BFloat16, _device).permute(0, 3, 1, 2);
        Tensor stateAt = input.narrow(1, before, channels);
        Tensor detailAt = input.narrow(1, before + channels, 48);
        Assert.True(RecurrentInput.TakesState(state, flow));
        Assert.True(RecurrentInput.TakesDetail(previous, enlarged, flow));

        RecurrentInput.WarpDetail(previous, enlarged, flow, detailAt);
        Assert.Equal(9, stateAt.to(ScalarType.Float32).min().cpu().item<float>());
        RecurrentInput.WarpState(state, flow, stateAt);

        AssertRounded(_warp.Sample(state, flow), stateAt);
        Tensor moved = _warp.Sample(previous, Resize.EnlargeBilinear(flow, 4), bicubic: true, flowScale: 4);
        AssertRounded(F.pixel_unshuffle(moved - enlarged, 4), detailAt);
        Tensor others = cat([input.narrow(1, 0, before), input.narrow(1, before + channels + 48, behind)], 1).to(ScalarType.Float32);
        Assert.Equal((9f, 9f), (others.min().cpu().item<float>(), others.max().cpu().item<float>()));
    }

    [Fact]
    public void FlowThatIsNoNumberReadsTheBorderAndNothingElse()
    {
        Tensor flow = zeros([1, 2, 4, 5]);
        flow[0, .., 2, 3] = float.NaN;
        flow[0, 0, 1, 1] = float.PositiveInfinity;
        flow[0, 1, 1, 1] = float.NegativeInfinity;
        flow = flow.to(_device);
        Tensor state = TensorLayout.ToChannelsLast(rand([1, 8, 4, 5]).to(ScalarType.BFloat16).to(_device));
        Tensor previous = rand([1, 3, 16, 20], device: _device);
        Tensor input = full([1, 4, 5, 56], 9, ScalarType.BFloat16, _device).permute(0, 3, 1, 2);

        RecurrentInput.WarpState(state, flow, input.narrow(1, 0, 8));
        RecurrentInput.WarpDetail(previous, zeros_like(previous), flow, input.narrow(1, 8, 48));

        Tensor warped = input.narrow(1, 0, 8);
        Assert.True((warped[0, .., 2, 3] == state[0, .., 0, 0]).all().cpu().item<bool>());
        Assert.True((warped[0, .., 1, 1] == state[0, .., 0, 4]).all().cpu().item<bool>());
        Tensor detail = input.narrow(1, 8, 48).to(ScalarType.Float32);
        Assert.True((detail.isfinite() & (detail.abs() < 2)).all().cpu().item<bool>());
        Tensor border = previous.to(ScalarType.BFloat16).to(ScalarType.Float32)[0, .., 0, 0];      // the first pixel of each colour
        Assert.True((detail[0, .., 2, 3].view(3, 16) == border.unsqueeze(1)).all().cpu().item<bool>());
    }

    [Fact]
    public void WhatTheyDoNotTakeIsLeftToTheOperators()
    {
        Tensor flow = Flow(8, 8);
        Tensor state = TensorLayout.ToChannelsLast(randn([1, 8, 8, 8]).to(ScalarType.BFloat16).to(_device));
        Tensor picture = rand([1, 3, 32, 32], device: _device);
        Assert.True(RecurrentInput.TakesState(state, flow));
        Assert.True(RecurrentInput.TakesDetail(picture, picture, flow));

        Assert.False(RecurrentInput.TakesState(state.to(ScalarType.Float32), flow));
        Assert.False(RecurrentInput.TakesState(state, Flow(8, 4)));
        Assert.False(RecurrentInput.TakesState(state, flow.to(ScalarType.Float64)));
        Assert.False(RecurrentInput.TakesState(state.contiguous(), flow));                                 // planes
        Assert.False(RecurrentInput.TakesState(TensorLayout.ToChannelsLast(state.narrow(1, 0, 6)), flow));
        Assert.False(RecurrentInput.TakesState(TensorLayout.ToChannelsLast(cat([state, state], 0)), cat([flow, flow], 0)));
        Tensor lower = rand([1, 3, 16, 32], device: _device);
        Assert.False(RecurrentInput.TakesDetail(lower, lower, flow));
        Assert.False(RecurrentInput.TakesDetail(picture.narrow(2, 0, 16), picture.narrow(2, 0, 16), Flow(4, 8)));      // gaps between planes
        Assert.False(RecurrentInput.TakesDetail(TensorLayout.ToChannelsLast(picture), picture, flow));
        Assert.False(RecurrentInput.TakesDetail(picture, TensorLayout.ToChannelsLast(picture), flow));
        Assert.False(RecurrentInput.TakesDetail(picture.to(ScalarType.BFloat16), picture, flow));
        Assert.False(RecurrentInput.TakesDetail(rand([1, 3, 16, 16], device: _device), rand([1, 3, 16, 16], device: _device), flow));
    }

    [Theory]
    [InlineData(2, 4, true, true)]
    [InlineData(2, 2, true, false)]
    [InlineData(1, 4, false, false)]         // parts begin at channels that are no multiples of four
    [InlineData(0, 4, false, false)]
    public void NetworksTakeThemWhereTheyFit(int lookAhead, int scale, bool takesState, bool takesDetail)
    {
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 16, Blocks = 1, LookAhead = lookAhead, Scale = scale });
        network.to(_device);
        using RecurrentVsr fused = network.CopyForInference(InferencePrecision.Bf16);
        Tensor frame = rand([1, 3, 32, 48], device: _device);
        Tensor enlarged = Resize.Enlarge(frame, scale);
        Tensor flow = Flow(32, 48);

        RecurrentFrame first = fused.Frame(frame, [.. Enumerable.Repeat(frame, 1 + lookAhead)], RecurrentState.Empty);
        RecurrentState state = first.State;

        Assert.Equal(takesState, fused.Moved(state.Hidden, flow).Motion is not null);
        Assert.Equal(takesDetail, fused.MovesDetail(state.Previous!, enlarged, flow));
        Assert.True(EnlargedSum.Takes(frame, first.Residual, scale));
        Assert.Null(network.Moved(state.Hidden, flow).Motion);
        Assert.False(network.MovesDetail(state.Previous!, enlarged, flow));
    }

    [Fact]
    public void WhatTwoDirectionsAddIsTakenToo()
    {
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 16, Blocks = 1, TwoDirections = true });
        network.to(_device);
        using RecurrentVsr fused = network.CopyForInference(InferencePrecision.Bf16);
        Tensor frame = rand([1, 3, 32, 48], device: _device);
        RecurrentFrame pass = fused.Frame(frame, [frame, frame, frame], RecurrentState.Empty);

        Tensor residual = fused.children().OfType<DirectionBlend>().Single()
            .Residual((pass.State.Hidden!, pass.Residual), (pass.State.Hidden!, pass.Residual));

        Assert.True(EnlargedSum.Takes(frame, residual, 4));
        Assert.Null(fused.EnlargedFor(frame));
        Assert.NotNull(network.EnlargedFor(frame));
    }

    /// <summary>Each value is the expected one rounded to bfloat16, by positions that are as exact as float32 has them.</summary>
    private static void AssertRounded(Tensor expected, Tensor actual)
    {
        Tensor excess = (expected - actual.to(ScalarType.Float32)).abs() - (expected.abs() / 256);
        Assert.InRange(excess.max().cpu().item<float>(), float.NegativeInfinity, 2e-4f);
    }

    /// <summary>Small motions, and some that point far outside.</summary>
    private Tensor Flow(int height, int width)
    {
        Tensor flow = randn([1, 2, height, width]) * 3;
        return where(rand([1, 2, height, width]) < 0.02, flow * 50, flow).to(_device);
    }
}
