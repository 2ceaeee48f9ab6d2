using System.Text.Json.Nodes;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Running;
using static TorchSharp.torch;

namespace Vsr.Training.Tests.Running;

/// <summary>What validation scores while training goes on.</summary>
public sealed class ValidationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ValidationTests() => OneThread.Ensure();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CompressedInputIsHarderTheMoreItIsCompressed()
    {
        string clip = _folder.File("a.mp4");
        MadeData.WriteClip(clip);
        RunFolder run = new(_folder.Path);
        TrainingOptions options = TinyRun.Options(1) with { ValidateEvery = 1, ValFrames = 2 };
        using (Network network = TrainingNetwork.Create(options))
        {
            NetworkWeights.Save(network, run.Weights);
        }

        double[] bicubic = [.. new int?[] { null, 20, 40 }.Select(crf => Score(options with { ValCrf = crf }))];
        Assert.True(bicubic[0] > bicubic[1] && bicubic[1] > bicubic[2] + 0.5, string.Join(", ", bicubic));

        double Score(TrainingOptions with)
        {
            JsonObject figures = Validation.For(with, [clip], run, CPU, new RecordingObserver(), TestContext.Current.CancellationToken)!(1);
            return figures["val_bicubic_psnr_db"]!.GetValue<double>();
        }
    }
}
