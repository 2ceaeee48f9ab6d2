using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Models;
using Vsr.Training.Evaluation;
using Vsr.Training.Losses;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>Scores the averaged weights on the validation clips by the published protocol while training goes on.</summary>
internal static class Validation
{
    /// <summary>What a session calls after every N steps; null when the settings ask for none, or it cannot be done.</summary>
    public static Func<long, JsonObject>? For(
        TrainingOptions options, IReadOnlyList<string> clips, RunFolder folder, Device device, ITrainingObserver observer,
        CancellationToken cancellation)
    {
        if (options.ValidateEvery is null or 0)
        {
            if (options.ValCrf is not null)
            {
                observer.Warning("--val-crf has no effect without --validate-every N");
            }

            return null;
        }

        if (clips.Count == 0)
        {
            string ignored = options.ValCrf is null ? "--validate-every is" : "--validate-every and --val-crf are";
            observer.Warning($"there are no validation clips: {ignored} ignored (add --val DIR or --val-share 0.1)");
            return null;
        }

        EvaluationOptions evaluation = new() { FrameLimit = options.ValFrames, Loss = LossOf(options) };
        ClipCompression? compression = options.ValCrf is { } crf ? new(crf) : null;
        return step => Score(step, clips, folder.Weights, evaluation, compression, device, observer, cancellation);
    }

    /// <summary>The loss of the training, on whole output frames: of vsrnet on luma, of which it makes nothing else.</summary>
    private static Func<Tensor, Tensor, Tensor> LossOf(TrainingOptions options)
    {
        IPictureLoss loss = PictureLoss.Create(options.Loss!);
        return options.Network == NetworkCatalog.VsrNet
            ? (output, target) => loss.Between(VsrNet.Luma(output), VsrNet.Luma(target))
            : loss.Between;
    }

    private static JsonObject Score(
        long step, IReadOnlyList<string> clips, string weights, EvaluationOptions evaluation, ClipCompression? compression, Device device,
        ITrainingObserver observer, CancellationToken cancellation)
    {
        using SuperResolutionNetwork network = NetworkWeights.LoadSuperResolution(weights);
        network.to(device);
        using IFrameUpscaler upscaler = network.CreateUpscaler(new InferenceOptions { Cancellation = cancellation });
        Evaluator evaluator = new(upscaler, device, evaluation);
        List<ClipScore> scores = [];
        foreach (string clip in clips)
        {
            try
            {
                using IFrameSource truth = FrameSource.Open(clip);
                scores.Add(compression is null
                    ? evaluator.ScoreClip(truth, cancellation: cancellation)
                    : evaluator.ScoreCompressedClip(truth, compression, cancellation: cancellation));
            }
            catch (VsrException failure)
            {
                observer.Warning($"{clip} is not scored: {failure.Message}");
            }
            catch (OperationCanceledException)
            {
                return [];      // the run stops after this step: its checkpoint matters more
            }
        }

        EvaluationResult result = new(scores);
        if (result is not { Network: { } quality, Bicubic: { } bicubic })
        {
            return [];
        }

        string input = compression is null ? "" : $", input at crf {compression.Crf}";
        observer.Message(FormattableString.Invariant(
            $"step {step}: validation PSNR {quality.PsnrDb:F3} dB, SSIM {quality.Ssim:F4} (bicubic {bicubic.PsnrDb:F3} dB, {bicubic.Ssim:F4}){input}"));
        JsonObject figures = new()
        {
            ["val_loss"] = scores.Average(score => score.Loss),
            ["val_psnr_db"] = quality.PsnrDb,
            ["val_ssim"] = quality.Ssim,
            ["val_bicubic_psnr_db"] = bicubic.PsnrDb,
            ["val_bicubic_ssim"] = bicubic.Ssim,
        };
        if (compression is not null)
        {
            figures["val_crf"] = compression.Crf;
        }

        return figures;
    }
}
