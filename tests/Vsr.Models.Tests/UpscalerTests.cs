using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Frame by frame equals the whole clip at once.</summary>
public class UpscalerTests
{
    public UpscalerTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(7, 2, true, true)]
    [InlineData(2, 2, true, true)]
    [InlineData(1, 2, true, true)]
    [InlineData(4, 0, true, true)]
    [InlineData(5, 1, false, true)]
    [InlineData(5, 1, true, false)]
    public void RecurrentStreamEqualsUnroll(int frames, int lookAhead, bool warpOutput, bool useFlow)
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions
        {
            Channels = 16,
            Blocks = 2,
            LookAhead = lookAhead,
            WarpOutput = warpOutput,
            UseFlow = useFlow,
        });
        GoldenFormula.Fill(network);
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, frames, 3, 18, 22]);
        Tensor whole = network.Unroll(clip).Sr;

        using IFrameUpscaler upscaler = network.CreateUpscaler();
        List<Tensor> outputs = Stream(upscaler, clip);

        Assert.Equal(lookAhead, upscaler.LookAhead);
        Assert.Equal(frames, outputs.Count);
        AssertClose(whole.squeeze(0), cat(outputs, 0), 1e-5);
    }

    [Theory]
    [InlineData(2, true, true)]
    [InlineData(2, true, false)]
    [InlineData(3, false, true)]
    [InlineData(3, true, true)]
    [InlineData(4, false, true)]
    [InlineData(4, false, true, 2)]
    [InlineData(2, true, true, 4)]
    public void OtherScalesAndStatesStreamAsTheyUnroll(int scale, bool carryOutput, bool warpOutput, int flowReduction = 1)
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions
        {
            Channels = 16,
            Blocks = 2,
            LookAhead = 1,
            Scale = scale,
            CarryOutput = carryOutput,
            WarpOutput = warpOutput,
            FlowChannels = 8,
            FlowLevels = 3,
            FlowReduction = flowReduction,
        });
        GoldenFormula.Fill(network);
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 4, 3, 18, 22]);
        Tensor whole = network.Unroll(clip).Sr;

        using IFrameUpscaler upscaler = network.CreateUpscaler();
        Tensor streamed = cat(Stream(upscaler, clip), 0);

        Assert.Equal(scale, upscaler.Scale);
        Assert.Equal([4L, 3, 18 * scale, 22 * scale], streamed.shape);
        AssertClose(whole.squeeze(0), streamed, 1e-5);
        Assert.True((whole.select(1, 3) - Resize.Enlarge(clip.select(1, 3), scale)).abs().max().item<float>() > 1e-3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void BicubicEnlargementIsAConvolution(int scale)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor frame = rand(1, 3, 9, 14);
        Tensor padded = nn.functional.pad(frame, [2, 2, 2, 2], PaddingModes.Replicate);
        Tensor folded = nn.functional.conv2d(padded, BicubicKernels.For(scale));

        AssertClose(Resize.Enlarge(frame, scale), nn.functional.pixel_shuffle(folded, scale), 3e-6);
    }

    [Fact]
    public void ResetStartsAnotherClipOfAnotherSize()
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 });
        GoldenFormula.Fill(network);
        Tensor first = GoldenFormula.Frames(ScalarType.Float32, [1, 3, 3, 16, 20]);
        Tensor second = GoldenFormula.Frames(ScalarType.Float32, [1, 3, 3, 9, 33]);
        using IFrameUpscaler upscaler = network.CreateUpscaler();
        Stream(upscaler, first);

        Assert.Throws<ArgumentException>(() => upscaler.Push(second.select(1, 0)));
        upscaler.Reset();
        Tensor streamed = cat(Stream(upscaler, second), 0);

        AssertClose(network.Unroll(second).Sr.squeeze(0), streamed, 1e-5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(false, false)]
    public void RecordedWorkOverFixedMemoryGivesTheSameFrames(bool warpOutput, bool carryOutput = true)
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, WarpOutput = warpOutput, CarryOutput = carryOutput });
        GoldenFormula.Fill(network);
        int recordings = 0;
        using RecurrentUpscaler upscaler = new(network, new InferenceOptions(), Record);
        foreach (int[] shape in (int[][])[[1, 6, 3, 18, 22], [1, 4, 3, 18, 22], [1, 1, 3, 18, 22], [1, 2, 3, 18, 22], [1, 3, 3, 16, 16]])
        {
            Tensor clip = GoldenFormula.Frames(ScalarType.Float32, shape);
            AssertClose(network.Unroll(clip).Sr.squeeze(0), cat(Stream(upscaler, clip), 0), 1e-5);
            upscaler.Reset();
        }

        Assert.Equal(2, recordings);
        Assert.True(upscaler.UsesCudaGraph);

        Recording Record(Device device, Action work)
        {
            recordings++;
            work();
            work();
            return new Recording(work, null);
        }
    }

    [Fact]
    public void WhereRecordingFailsFramesRunByOperators()
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 });
        GoldenFormula.Fill(network);
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 5, 3, 18, 22]);
        using RecurrentUpscaler upscaler = new(
            network, new InferenceOptions(), (_, work) => throw new BackendException("no memory for the graph"));

        Tensor streamed = cat(Stream(upscaler, clip), 0);

        Assert.False(upscaler.UsesCudaGraph);
        AssertClose(network.Unroll(clip).Sr.squeeze(0), streamed, 1e-5);
    }

    [Fact]
    public void BrainFloatStaysCloseToFloat()
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 16, Blocks = 2 });
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 4, 3, 16, 16]);
        using IFrameUpscaler exact = network.CreateUpscaler();
        using IFrameUpscaler half = network.CreateUpscaler(new InferenceOptions { Precision = InferencePrecision.Bf16 });

        Tensor difference = (cat(Stream(exact, clip), 0) - cat(Stream(half, clip), 0)).abs();

        Assert.InRange(difference.max().item<float>(), 1e-9f, 0.01f);
    }

    [Fact]
    public void RecurrentStreamKeepsTheNumberOfLiveTensors()
    {
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 });
        using IFrameUpscaler upscaler = network.CreateUpscaler();
        using Tensor frame = full([1, 3, 16, 16], 0.5f);
        List<long> live = [];
        for (int i = 0; i < 30; i++)
        {
            upscaler.Push(frame)?.Dispose();
            live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Single(live.Skip(5).Distinct());
    }

    [Theory]
    [InlineData(3, VsrNetFlow.None, false)]
    [InlineData(5, VsrNetFlow.None, true)]
    [InlineData(3, VsrNetFlow.Compact, true)]
    public void VsrNetStreamRepeatsEdgeFramesAndKeepsChroma(int window, VsrNetFlow flow, bool residual)
    {
        using DisposeScope scope = NewDisposeScope();
        using VsrNet network = new(new VsrNetOptions { Frames = window, Flow = flow, Residual = residual });
        network.eval();
        const int frames = 4;
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, frames, 3, 8, 10]);
        using IFrameUpscaler upscaler = network.CreateUpscaler();
        List<Tensor> outputs = Stream(upscaler, clip);

        Assert.Equal(frames, outputs.Count);
        for (int i = 0; i < frames; i++)
        {
            Tensor[] around = Enumerable.Range(i - (window / 2), window)
                .Select(k => clip.select(1, Math.Clamp(k, 0, frames - 1))).ToArray();
            Tensor enlarged = network.Enlarge(cat(around, 0));
            Tensor middle = enlarged.narrow(0, window / 2, 1);
            Tensor luma = network.forward(enlarged.unsqueeze(0));
            AssertClose(luma, VsrNet.Luma(outputs[i]), 1e-5);
            AssertClose(
                middle - VsrNet.Luma(middle), outputs[i] - VsrNet.Luma(outputs[i]), 1e-5);
        }
    }

    internal static List<Tensor> Stream(IFrameUpscaler upscaler, Tensor clip)
    {
        List<Tensor> outputs = [];
        for (int i = 0; i < clip.size(1); i++)
        {
            if (upscaler.Push(clip.select(1, i)) is { } sr)
            {
                outputs.Add(sr);
            }
        }

        while (upscaler.Flush() is { } sr)
        {
            outputs.Add(sr);
        }

        return outputs;
    }

    internal static void AssertClose(Tensor expected, Tensor actual, double bound)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, bound);
    }
}
