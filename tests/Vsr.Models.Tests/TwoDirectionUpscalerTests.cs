using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Passes in both directions over groups of frames.</summary>
public class TwoDirectionUpscalerTests
{
    public TwoDirectionUpscalerTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(1, 1, true, true)]
    [InlineData(5, 0, true, true)]
    [InlineData(5, 1, false, true)]
    [InlineData(5, 1, true, false)]
    [InlineData(6, 2, true, true)]
    [InlineData(5, 1, true, true, 2)]
    [InlineData(5, 1, true, true, 4, false)]
    public void TwoDirectionsStreamAsTheyUnroll(
        int frames, int lookAhead, bool carryOutput, bool useFlow, int scale = 4, bool warpOutput = true)
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = TwoDirections(carryOutput, useFlow, lookAhead, scale, warpOutput);
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, frames, 3, 18, 22]);
        Tensor whole = network.Unroll(clip).Sr;
        using IFrameUpscaler upscaler = network.CreateUpscaler();

        UpscalerTests.AssertClose(whole.squeeze(0), cat(UpscalerTests.Stream(upscaler, clip), 0), 1e-5);
        upscaler.Reset();
        UpscalerTests.AssertClose(whole.squeeze(0), cat(UpscalerTests.Stream(upscaler, clip), 0), 1e-5);
    }

    /// <summary>Two passes by the network of one direction with the same weights, and the blend written out.</summary>
    [Fact]
    public void TwoDirectionsBlendTwoPasses()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        using RecurrentVsr network = TwoDirections(carryOutput: true, useFlow: true);
        using RecurrentVsr single = new(network.Options with { TwoDirections = false });
        single.StartFrom(network);
        const int frames = 4;
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, frames, 3, 18, 22]);
        (Tensor State, Tensor Residual)[] onwards = PassOf([.. clip.unbind(1)]);
        (Tensor State, Tensor Residual)[] backwards = PassOf([.. clip.unbind(1).Reverse()]);
        Tensor whole = network.Unroll(clip).Sr;
        Dictionary<string, Tensor> weights = network.state_dict();
        for (int i = 0; i < frames; i++)
        {
            ((Tensor hf, Tensor rf), (Tensor hb, Tensor rb)) = (onwards[i], backwards[frames - 1 - i]);
            Tensor x = nn.functional.conv2d(cat([hf, hb], 1), weights["blend.reduce.weight"], weights["blend.reduce.bias"]).relu();
            x = nn.functional.conv2d(x, weights["blend.mix.weight"], weights["blend.mix.bias"], padding: [1, 1]).relu();
            x = nn.functional.conv2d(x, weights["blend.out.weight"], weights["blend.out.bias"], padding: [1, 1]);
            Tensor weight = nn.functional.pixel_shuffle(x.narrow(1, 0, 16).sigmoid(), 4);
            Tensor sum = (weight * nn.functional.pixel_shuffle(rf, 4)) + ((1 - weight) * nn.functional.pixel_shuffle(rb, 4))
                + nn.functional.pixel_shuffle(x.narrow(1, 16, 48), 4);

            Assert.True((weight - 0.5).abs().max().item<float>() > 1e-3);
            UpscalerTests.AssertClose(Resize.Enlarge(clip.select(1, i), 4) + sum, whole.select(1, i), 1e-5);
        }

        (Tensor State, Tensor Residual)[] PassOf(Tensor[] ordered)
        {
            RecurrentState state = RecurrentState.Empty;
            return [.. ordered.Select((frame, i) =>
            {
                RecurrentFrame next = single.Frame(frame, RecurrentUpscaler.Neighbours(ordered, i, single.Options.LookAhead), state);
                state = next.State;
                return (next.State.Hidden!, next.Residual);
            })];
        }
    }

    /// <summary>The pass backwards sees all later frames of the group and some behind it.</summary>
    [Fact]
    public void TwoDirectionsInGroupsAreCloseToTheWhole()
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = TwoDirections(carryOutput: true, useFlow: true);
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 11, 3, 18, 22]);
        Tensor whole = network.Unroll(clip).Sr.squeeze(0);
        using TwoDirectionUpscaler grouped = new(network, new InferenceOptions(), group: 3, overlap: 2);
        using TwoDirectionUpscaler exact = new(network, new InferenceOptions(), group: 3, overlap: 8);

        Tensor streamed = cat(UpscalerTests.Stream(grouped, clip), 0);

        Assert.Equal(4, grouped.LookAhead);
        Assert.Equal(whole.shape, streamed.shape);
        float behindTheGroup = (streamed[0] - whole[0]).abs().max().item<float>();
        float withoutLaterFrames = (network.Unroll(clip.narrow(1, 0, 1)).Sr[0, 0] - whole[0]).abs().max().item<float>();
        Assert.InRange(behindTheGroup, 1e-7f, withoutLaterFrames / 3);
        UpscalerTests.AssertClose(whole, cat(UpscalerTests.Stream(exact, clip), 0), 1e-5);
    }

    /// <summary>What a pass that failed in the middle of a group had computed is not kept.</summary>
    [Fact]
    public void TwoDirectionsKeepNothingOfAPassThatFailed()
    {
        using RecurrentVsr network = TwoDirections(carryOutput: true, useFlow: true);
        using TwoDirectionUpscaler upscaler = new(network, new InferenceOptions(), group: 4, overlap: 0);
        using DisposeScope scope = NewDisposeScope();
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 8, 3, 18, 22]);
        UpscalerTests.Stream(upscaler, clip);
        upscaler.Reset();
        Tensor[] frames = [.. clip.unbind(1)];
        Tensor bad = empty(frames[0].shape, device: META);          // of no memory: the third frame's pass, which aligns it, fails
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        upscaler.Push(frames[0]);
        upscaler.Push(bad);
        upscaler.Push(frames[2]);

        Assert.ThrowsAny<Exception>(() => upscaler.Push(frames[3]));
        upscaler.Reset();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void TwoDirectionsStopBetweenFrames()
    {
        using RecurrentVsr network = TwoDirections(carryOutput: true, useFlow: true);
        using CancellationTokenSource stop = new();
        using TwoDirectionUpscaler upscaler = new(network, new InferenceOptions { Cancellation = stop.Token }, group: 3, overlap: 1);
        using DisposeScope scope = NewDisposeScope();
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 8, 3, 18, 22]);
        UpscalerTests.Stream(upscaler, clip);
        upscaler.Reset();
        Tensor[] frames = [.. clip.unbind(1)];
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 3; i++)
        {
            Assert.Null(upscaler.Push(frames[i]));
        }

        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => upscaler.Push(frames[3]));
        Assert.Throws<OperationCanceledException>(() => upscaler.Flush());
        upscaler.Reset();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(32, 960 * 540 * 128L * 2, 32)]
    [InlineData(32, 1920 * 1080 * 128L * 2, 16)]
    [InlineData(32, 1920 * 1080 * 128L * 4, 8)]
    [InlineData(32, 3840 * 2160 * 128L * 4, 8)]
    [InlineData(3, 1000, 3)]
    public void GroupsOfLargeFramesAreShorter(int most, long stateBytes, int expected) =>
        Assert.Equal(expected, TwoDirectionUpscaler.GroupFor(most, stateBytes));

    [Fact]
    public void TwoDirectionsKeepTheNumberOfLiveTensors()
    {
        using RecurrentVsr network = TwoDirections(carryOutput: true, useFlow: true);
        using TwoDirectionUpscaler upscaler = new(network, new InferenceOptions(), group: 4, overlap: 2);
        using Tensor frame = full([1, 3, 16, 16], 0.5f);
        List<long> live = [];
        for (int i = 0; i < 34; i++)
        {
            upscaler.Push(frame)?.Dispose();
            if (i % 4 == 0)
            {
                live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            }
        }

        Assert.Single(live.Skip(3).Distinct());
    }

    private static RecurrentVsr TwoDirections(bool carryOutput, bool useFlow, int lookAhead = 1, int scale = 4, bool warpOutput = true)
    {
        RecurrentVsr network = new(new RecurrentOptions
        {
            Channels = 16,
            Blocks = 2,
            LookAhead = lookAhead,
            Scale = scale,
            TwoDirections = true,
            CarryOutput = carryOutput,
            WarpOutput = warpOutput,
            UseFlow = useFlow,
        });
        GoldenFormula.Fill(network);
        return network;
    }
}
