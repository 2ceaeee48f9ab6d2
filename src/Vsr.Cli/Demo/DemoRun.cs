using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Cli.Commands;
using Vsr.Cli.Training;
using Vsr.Data;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Training;
using Vsr.Training.Evaluation;
using Vsr.Upscaling;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Cli.Demo;

/// <summary>The demo's steps: cut the clip, train, score, upscale, report.</summary>
/// <param name="folder">Where everything goes.</param>
/// <param name="shipped">The shipped weights.</param>
/// <param name="backend">Where it runs.</param>
/// <param name="log">Takes a line a step.</param>
/// <param name="cancellation">Ends the demo; no unfinished file gets its name.</param>
internal sealed class DemoRun(
    DemoFolder folder, string shipped, Backend backend, TextWriter log, CancellationToken cancellation)
{
    private const int Scale = 4;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Runs all steps.</summary>
    /// <param name="sample">The clip.</param>
    /// <param name="minutes">How long to train.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public DemoFigures Run(string sample, double minutes)
    {
        folder.Prepare();
        Say("cutting the sample clip: three quarters to train on, the last to score");
        DemoClips.Cut(sample, folder, cancellation);
        DemoClips.Reduce(sample, folder.SmallClip, cancellation);

        Say(string.Create(CultureInfo.InvariantCulture, $"training a small network for {minutes * 60:0} s"));
        TrainingResult trained = Train(minutes);
        ClipScore own = Score(trained.WeightsPath, "trained.png");
        ClipScore given = Score(shipped, "shipped.png");
        WriteReferencePictures();
        int frames = Upscale();

        double[] losses = ReadLosses();
        DemoFigures figures = new()
        {
            BicubicPsnr = given.Bicubic.PsnrDb,
            TrainedPsnr = own.Network.PsnrDb,
            ShippedPsnr = given.Network.PsnrDb,
            BicubicSsim = given.Bicubic.Ssim,
            TrainedSsim = own.Network.Ssim,
            ShippedSsim = given.Network.Ssim,
            TrainingSteps = (int)trained.Step,
            TrainingSeconds = trained.Step * trained.MillisecondsPerStep / 1000,
            ScoredFrames = given.Frames,
            UpscaledFrames = frames,
            Seconds = Math.Round(_watch.Elapsed.TotalSeconds, 1),
        };
        DemoFolder.WriteWhole(folder.Page, DemoPage.Write(figures, losses));
        DemoFolder.WriteWhole(folder.Figures, figures.ToJson());
        return figures;
    }

    private TrainingResult Train(double minutes)
    {
        TrainingOptions options = new()
        {
            Network = NetworkCatalog.Recurrent,
            Root = folder.Data,
            Out = folder.Run,
            Minutes = minutes,
            Flow = "none",
            Channels = 24,
            Blocks = 3,
            LookAhead = 0,
            Batch = 2,
            Crop = 96,
            Unroll = 5,
            LearningRate = 2e-3,
        };
        using TrainingConsole console = new();
        TrainingResult result = console.Run(() => TrainingRun.Start(options, backend.Device, console, cancellation));
        return result.WasInterrupted ? throw new OperationCanceledException(cancellation) : result;
    }

    private ClipScore Score(string weights, string picture)
    {
        using IFrameSource truth = FrameSource.Open(folder.ScoredClip);
        using IFrameUpscaler network = Load(weights);
        using KeepingUpscaler keeping = new(network, truth.FrameCount / 2);
        Say($"scoring {weights} on {truth.FrameCount} frames");
        ClipScore score = new Evaluator(keeping, backend.Device)
            .ScoreClip(truth, progress: new ScoreProgress(log, truth.FrameCount), cancellation: cancellation);
        DemoClips.WritePicture(folder.File(picture), keeping.Kept!);
        return score;
    }

    private void WriteReferencePictures()
    {
        using DisposeScope scope = NewDisposeScope();
        using IFrameSource clip = FrameSource.Open(folder.ScoredClip);
        Tensor truth = DemoClips.Read(clip, clip.FrameCount / 2);
        truth = truth.narrow(2, 0, truth.size(2) / Scale * Scale).narrow(3, 0, truth.size(3) / Scale * Scale);
        DemoClips.WritePicture(folder.File("truth.png"), truth);
        Tensor small = Degradation.Reduce(truth, Scale);
        DemoClips.WritePicture(folder.File("bicubic.png"), Degradation.Enlarge(small, Scale));
    }

    private int Upscale()
    {
        Say($"upscaling {folder.SmallClip} with its sound");
        using IFrameUpscaler network = Load(shipped);
        using UpscaleProgressDisplay display = UpscaleProgressDisplay.Create(Path.GetFileName(folder.Upscaled));
        UpscaleOptions options = new() { Overwrite = true };
        VideoUpscaler upscaler = new(network, backend);
        return upscaler.Run(folder.SmallClip, folder.Upscaled, options, display, cancellation).Frames;
    }

    private IFrameUpscaler Load(string weights)
    {
        using SuperResolutionNetwork network = NetworkWeights.LoadSuperResolution(weights);
        network.to(backend.Device);
        return network.CreateUpscaler();
    }

    private double[] ReadLosses() => [.. File.ReadLines(Path.Combine(folder.Run, "metrics.jsonl"))
        .Select(line => JsonNode.Parse(line)?["loss"]?.GetValue<double>()).OfType<double>()];

    private void Say(string what) => log.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"[{_watch.Elapsed.TotalSeconds,3:0} s] {what}"));

    /// <summary>A line after every quarter of the frames.</summary>
    private sealed class ScoreProgress(TextWriter log, int frames) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value % Math.Max(1, frames / 4) == 0)
            {
                log.WriteLine($"        {value}/{frames} frames");
            }
        }
    }
}
