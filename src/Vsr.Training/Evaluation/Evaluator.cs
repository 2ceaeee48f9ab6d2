using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Training.Metrics;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>Scores a network and bicubic enlargement on clips by the published protocol, in constant memory.</summary>
/// <remarks>
/// The ground truth is cropped right and below to a multiple of the scale, reduced by <see cref="Degradation.Reduce"/> (or given as a
/// low-resolution clip) and enlarged by <see cref="Degradation.Enlarge"/> for bicubic's figure; the network runs over the whole clip from
/// its first frame; every output is rounded to 8 bit. All frames count, no border is cropped. See docs/metrics.md.
/// </remarks>
public sealed class Evaluator
{
    private readonly IFrameUpscaler _upscaler;
    private readonly Device _device;
    private readonly EvaluationOptions _options;

    /// <summary>An evaluator of one network.</summary>
    /// <param name="upscaler">The network; reset before every clip, not disposed.</param>
    /// <param name="device">Where the network runs.</param>
    /// <param name="options">What is scored; null for the defaults.</param>
    public Evaluator(IFrameUpscaler upscaler, Device device, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(upscaler);
        ArgumentNullException.ThrowIfNull(device);
        _options = options ?? new EvaluationOptions();
        _options.Validate();
        _upscaler = _options.ResetState ? new ResettingUpscaler(upscaler) : upscaler;
        _device = device;
    }

    /// <summary>Scores one clip.</summary>
    /// <param name="groundTruth">The clip at full size; not disposed.</param>
    /// <param name="lowResolution">The network's input, of the cropped ground truth's size divided by the scale; null to reduce the ground truth.</param>
    /// <param name="progress">Told the number of frames delivered, after each.</param>
    /// <param name="cancellation">Ends the scoring between two frames.</param>
    /// <exception cref="VsrException">The clips do not fit each other, are too small, or fail to decode; a picture cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public ClipScore ScoreClip(
        IFrameSource groundTruth,
        IFrameSource? lowResolution = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(groundTruth);
        HostAllocator.ReturnFreedMemory();
        using IDisposable noGrad = no_grad();
        EvaluationInput input = new(groundTruth, lowResolution, _upscaler.Scale, _device);
        if (_options.ExampleMetric && Math.Min(input.Width, input.Height) <= ExamplePsnr.Border)
        {
            throw new VsrException(
                $"{groundTruth.Name}: {input.Width}x{input.Height} is too small for the example's metric, which cuts {ExamplePsnr.Border} rows and columns away");
        }

        using ClipTally tally = new(input.Width, input.Height, _options);
        int count = Math.Min(groundTruth.FrameCount, _options.FrameLimit ?? int.MaxValue);
        FramePictures? pictures = _options.PicturesFolder is { } folder
            ? new(folder, groundTruth.Name, _options.PicturesOfAllFrames ? null : count / 2)
            : null;
        _upscaler.Reset();
        try
        {
            for (int i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                (byte[] truth, Tensor lr) = input.Read(i);
                Tensor bicubic = Degradation.Enlarge(lr, _upscaler.Scale);
                tally.Expect(truth, bicubic);
                pictures?.Before(i, lr, bicubic, truth);
                Deliver(_upscaler.Push(lr), tally, pictures, progress);
            }

            while (tally.IsWaiting && Deliver(_upscaler.Flush(), tally, pictures, progress))
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _upscaler.Reset();
        }

        return tally.Finish(groundTruth.Name);
    }

    /// <summary>Scores one clip whose reduced frames have been compressed and decoded again; bicubic enlarges the same frames.</summary>
    /// <remarks>Frames are compressed at the clip's frame rate into a temporary file, which is removed whatever happens.</remarks>
    /// <param name="groundTruth">The clip at full size; not disposed.</param>
    /// <param name="compression">How its reduced frames are compressed.</param>
    /// <param name="progress">Told the number of frames delivered, after each.</param>
    /// <param name="cancellation">Ends the work between two frames.</param>
    /// <exception cref="ArgumentException">The rate factor is out of range.</exception>
    /// <exception cref="VsrException">The clip is too small or fails to decode, or the temporary file cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public ClipScore ScoreCompressedClip(
        IFrameSource groundTruth,
        ClipCompression compression,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(groundTruth);
        ArgumentNullException.ThrowIfNull(compression);
        compression.Validate();
        using IDisposable noGrad = no_grad();
        int count = Math.Min(groundTruth.FrameCount, _options.FrameLimit ?? int.MaxValue);
        using FirstFrames truth = new(groundTruth, count, FormattableString.Invariant($"{groundTruth.Name}-crf{compression.Crf}"));
        using CompressedClip compressed = CompressedClip.Encode(groundTruth, count, compression, _upscaler.Scale, _device, cancellation);
        return ScoreClip(truth, compressed, progress, cancellation) with
        {
            Name = groundTruth.Name,
            BitsPerPixel = compressed.BitsPerPixel,
        };
    }

    private static bool Deliver(Tensor? sr, ClipTally tally, FramePictures? pictures, IProgress<int>? progress)
    {
        if (sr is null)
        {
            return false;
        }

        pictures?.After(tally.Frames, sr);
        tally.Add(sr);
        sr.Dispose();
        progress?.Report(tally.Frames);
        return true;
    }
}
