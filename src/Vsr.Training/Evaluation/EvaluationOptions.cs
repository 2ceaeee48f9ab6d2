using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>How clips are scored.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Scores red, green and blue instead of luma: the error over all three, the mean similarity of the three. Default: false.</summary>
    public bool Rgb { get; init; }

    /// <summary>Also scores by <see cref="Metrics.ExamplePsnr"/>. Default: false.</summary>
    public bool ExampleMetric { get; init; }

    /// <summary>
    /// A folder, which is there, for .png of every clip's middle frame among those scored: NAME-input, NAME-bicubic, NAME-output,
    /// NAME-truth. Default: none.
    /// </summary>
    public string? PicturesFolder { get; init; }

    /// <summary>The pictures are those of every frame scored: NAME-000000-output and so on, numbered from 0. Default: false.</summary>
    public bool PicturesOfAllFrames { get; init; }

    /// <summary>Scores only the first frames of every clip; networks see no later ones. Default: all.</summary>
    public int? FrameLimit { get; init; }

    /// <summary>Starts the network anew at every frame, which then knows the frames behind it but none before: what its state is worth. Default: false.</summary>
    public bool ResetState { get; init; }

    /// <summary>
    /// Also scores how steady clips are over time (<see cref="TemporalScore"/>), by the motion that this network sees in the ground truth; the
    /// caller's, on the evaluator's device. Default: none.
    /// </summary>
    public FlowNetwork? TemporalFlow { get; init; }

    /// <summary>Also averages this over the frames: of the output and the ground truth, float32 [1, 3, H, W], 0..1.</summary>
    internal Func<Tensor, Tensor, Tensor>? Loss { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        if (FrameLimit is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        }
    }
}
