using TorchSharp;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Evaluation;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Evaluation;

/// <summary>The shipped network of two directions on clips that nobody trained on.</summary>
public sealed class FileNetworkTests
{
    public FileNetworkTests() => TorchTestBackend.Ensure();

    [Fact]
    [Trait("Category", "Slow")]
    public void GroupsScoreAsTheWholeClipDoes() => ScoresAgree(CPU, ["davis_bear_480p"], frames: 82);

    [Fact]
    [Trait("Category", "Gpu")]
    public void GroupsScoreAsTheWholeClipsDoOnAGpu() => ScoresAgree(
        TorchTestBackend.RequireCuda(), ["davis_bear_480p", "editly_lofoten", "editly_palawan"], frames: 105);

    private static void ScoresAgree(Device device, string[] clips, int frames)
    {
        string folder = SharedData.Require("video/val");
        Assert.SkipUnless(ShippedModels.Get(ShippedModels.Best).IsAvailable, "models/best-x4.safetensors is not there");
        using RecurrentVsr network = (RecurrentVsr)NetworkWeights.Load(ShippedModels.Require(ShippedModels.Best).Path!);
        network.to(device);
        InferenceOptions options = new() { Precision = device.type == DeviceType.CUDA ? InferencePrecision.Bf16 : InferencePrecision.Fp32 };
        foreach (string clip in clips)
        {
            string file = Directory.EnumerateFiles(folder, $"{clip}*").Single();
            double groups = Score(new TwoDirectionUpscaler(network, options));
            double whole = Score(new TwoDirectionUpscaler(network, options, group: frames));

            TestContext.Current.TestOutputHelper?.WriteLine($"{clip}: {groups:F3} dB in groups, {whole:F3} as a whole");
            Assert.Equal(whole, groups, tolerance: 0.02);

            double Score(TwoDirectionUpscaler upscaler)
            {
                using (upscaler)
                using (IFrameSource truth = FrameSource.Open(file))
                {
                    return new Evaluator(upscaler, device, new EvaluationOptions { FrameLimit = frames })
                        .ScoreClip(truth, cancellation: TestContext.Current.CancellationToken).Network.PsnrDb;
                }
            }
        }
    }
}
