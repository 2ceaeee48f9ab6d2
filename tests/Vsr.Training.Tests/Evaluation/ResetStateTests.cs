using TorchSharp;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Evaluation;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>A network that starts anew at every frame sees each as the first of a clip that goes on.</summary>
public class ResetStateTests
{
    private const int Frames = 4;

    public ResetStateTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(6, false)]
    [InlineData(1, true)]
    public void EveryFrameIsTheFirstOfTheClipThatBeginsWithIt(int lookAhead, bool twoDirections)
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = Network(lookAhead, twoDirections);
        Tensor[] frames = [.. Enumerable.Range(0, Frames).Select(_ => rand(1, 3, 12, 16))];
        using IFrameUpscaler plain = network.CreateUpscaler();
        using IFrameUpscaler inner = network.CreateUpscaler();
        using ResettingUpscaler resetting = new(inner);
        Assert.Equal((plain.Scale, plain.LookAhead), (resetting.Scale, resetting.LookAhead));

        Tensor[] kept = Enlarge(plain, frames);
        for (int pass = 0; pass < 2; pass++)        // the second time, after a clip that ended
        {
            Tensor[] reset = Enlarge(resetting, frames);
            Assert.Equal(Frames, reset.Length);
            Assert.True(reset[0].equal(kept[0]).all().item<bool>());
            for (int i = 0; i < Frames; i++)
            {
                Assert.True(reset[i].equal(Enlarge(plain, frames[i..])[0]).all().item<bool>(), $"frame {i}");
            }

            if (!twoDirections)
            {
                Assert.All(Enumerable.Range(1, Frames - 1), i => Assert.True((reset[i] - kept[i]).abs().max().item<float>() > 1e-4, $"frame {i}"));
            }
        }
    }

    [Fact]
    public void TheFirstFramesScoreIsEqualAndLaterOnesDiffer()
    {
        using RecurrentVsr network = Network(lookAhead: 0);
        using FormulaClip clip = new();
        Assert.Equal(Score(network, clip, 1, reset: false), Score(network, clip, 1, reset: true));
        ClipScore kept = Score(network, clip, 3, reset: false);
        ClipScore anew = Score(network, clip, 3, reset: true);
        Assert.Equal(kept.Bicubic, anew.Bicubic);
        Assert.NotEqual(kept.Network, anew.Network);

        // without look-ahead every frame scores as a clip of its own
        double[] alone = [.. Enumerable.Range(0, 3).Select(frame =>
        {
            using FormulaClip whole = new();
            using PartOf one = new(whole, frame, 1);
            return Score(network, one, 1, reset: false).Network.PsnrDb;
        })];
        Assert.Equal(alone.Average(), anew.Network.PsnrDb, 1e-9);
    }

    [Fact]
    public void ResettingLeaksNoTensor()
    {
        using RecurrentVsr network = Network(lookAhead: 2);
        using FormulaClip clip = new();
        using IFrameUpscaler upscaler = network.CreateUpscaler();
        Evaluator evaluator = new(upscaler, CPU, new EvaluationOptions { ResetState = true });
        evaluator.ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        evaluator.ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static ClipScore Score(RecurrentVsr network, IFrameSource clip, int frames, bool reset)
    {
        using IFrameUpscaler upscaler = network.CreateUpscaler();
        return new Evaluator(upscaler, CPU, new EvaluationOptions { FrameLimit = frames, ResetState = reset })
            .ScoreClip(clip, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>Weights as if trained, so that the state matters.</summary>
    private static RecurrentVsr Network(int lookAhead, bool twoDirections = false)
    {
        random.manual_seed(11);
        RecurrentVsr network = new(new RecurrentOptions
        {
            Channels = 8,
            Blocks = 1,
            LookAhead = lookAhead,
            TwoDirections = twoDirections,
            FlowChannels = 8,
            FlowLevels = 2,
        });
        using IDisposable noGrad = no_grad();
        foreach (Tensor parameter in network.parameters())
        {
            nn.init.normal_(parameter, 0, 0.05);
        }

        return network;
    }

    private static Tensor[] Enlarge(IFrameUpscaler upscaler, Tensor[] frames)
    {
        List<Tensor> delivered = [];
        foreach (Tensor frame in frames)
        {
            if (upscaler.Push(frame) is { } sr)
            {
                delivered.Add(sr);
            }
        }

        while (upscaler.Flush() is { } sr)
        {
            delivered.Add(sr);
        }

        upscaler.Reset();
        return [.. delivered];
    }
}
