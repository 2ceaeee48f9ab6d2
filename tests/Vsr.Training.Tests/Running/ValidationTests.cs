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

        RecordingObserver observer = new();
        double[] bicubic = [.. new int?[] { null, 20, 40 }.Select(crf => Score(options with { ValCrf = crf }))];
        Assert.True(bicubic[0] > bicubic[1] && bicubic[1] > bicubic[2] + 0.5, string.Join(", ", bicubic));

        double Score(TrainingOptions with)
        {
            JsonObject figures = Validation.For(with, [clip], run, CPU, observer, TestContext.Current.CancellationToken)!(1);
            Assert.Equal(with.ValCrf, (int?)figures["val_crf"]);
            Assert.Equal(with.ValCrf is { } crf ? $"input at crf {crf}" : null, observer.Messages[^1].Split(", ").FirstOrDefault(part => part.StartsWith("input", StringComparison.Ordinal)));
            using (TrainingLogs logs = new(with, run, 0, TimeProvider.System))
            {
                logs.Validation(1, figures);
            }

            Assert.Equal(with.ValCrf is { } there ? $"{there}" : null, JsonNode.Parse(File.ReadLines(run.Metrics).Last())!["val_crf"]?.ToJsonString());
            return figures["val_bicubic_psnr_db"]!.GetValue<double>();
        }
    }

    [Theory]
    [InlineData(0, "--val-crf has no effect without --validate-every N")]
    [InlineData(2, "there are no validation clips: --validate-every and --val-crf are ignored (add --val DIR or --val-share 0.1)")]
    public void ACrfThatIsIgnoredIsAWarning(int every, string expected)
    {
        RecordingObserver observer = new();
        TrainingOptions options = TinyRun.Options(1) with { ValidateEvery = every, ValCrf = 28 };
        Assert.Null(Validation.For(options, [], new RunFolder(_folder.Path), CPU, observer, TestContext.Current.CancellationToken));
        Assert.Equal([expected], observer.Warnings);
    }
}
