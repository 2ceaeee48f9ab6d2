using TorchSharp;
using Vsr.Models;
using Vsr.Training.Metrics;
using Vsr.Video.Analysis;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>Scores how steady a clip is, frame after frame, in the memory of two frames; pairs across a cut do not count.</summary>
/// <param name="flow">Estimates the ground truth's motion; the caller's, on the device where it is measured.</param>
/// <param name="width">W.</param>
/// <param name="height">H.</param>
/// <param name="rgb">Measures red, green and blue instead of luma.</param>
internal sealed class TemporalScorer(FlowNetwork flow, int width, int height, bool rgb) : IDisposable
{
    private const int Videos = 3;

    private readonly WarpingError _metric = new();
    private readonly List<TemporalScore> _pairs = [];
    private Frame? _before;

    /// <summary>Takes the next frame, planar RGB [3, H, W] each.</summary>
    public void Add(byte[] truth, byte[] bicubic, byte[] output, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        Frame now = Load(truth, bicubic, output, device);
        if (_before is { } before && !PictureChange.IsCut(now.Scene, before.Scene) && Measure(before, now) is { } pair)
        {
            _pairs.Add(pair);
        }

        _before?.Dispose();
        _before = now;
    }

    /// <summary>The pairs' scores.</summary>
    public IReadOnlyCollection<TemporalScore> Pairs => _pairs;

    public void Dispose()
    {
        _before?.Dispose();
        _metric.Dispose();
    }

    private TemporalScore? Measure(Frame before, Frame now)
    {
        Tensor forward = flow.Estimate(before.Truth, now.Truth);                                       // [1, 2, H, W]
        Tensor visible = _metric.Visible(forward, flow.Estimate(now.Truth, before.Truth));             // [1, 1, H, W]
        double share = visible.to(ScalarType.Float64).mean().item<double>();
        if (share == 0)
        {
            return null;
        }

        Tensor[] residuals = _metric.Residual(before.Planes, now.Planes, forward).chunk(Videos, 1);    // [1, 1 or 3, H, W] each
        (Tensor truth, Tensor bicubic, Tensor network) = (residuals[0], residuals[1], residuals[2]);
        return new TemporalScore(
            WarpingError.MeanSquare(network, visible),
            WarpingError.MeanSquare(bicubic, visible),
            WarpingError.MeanSquare(truth, visible),
            WarpingError.MeanSquare(network - truth, visible),
            WarpingError.MeanSquare(bicubic - truth, visible),
            share);
    }

    private Frame Load(byte[] truth, byte[] bicubic, byte[] output, Device device)
    {
        Tensor picture = FrameTensors.ToDevice(truth, width, height, device);
        Tensor planes = cat(
            [Planes(picture), Planes(FrameTensors.ToDevice(bicubic, width, height, device)), Planes(FrameTensors.ToDevice(output, width, height, device))], 1);
        return new Frame(picture.DetachFromDisposeScope(), planes.DetachFromDisposeScope(), ScenePicture.Of(picture));
    }

    // Luma without its offset, which residuals lose anyway.
    private Tensor Planes(Tensor picture) => rgb
        ? picture
        : ((65.481 * picture.narrow(1, 0, 1)) + (128.553 * picture.narrow(1, 1, 1)) + (24.966 * picture.narrow(1, 2, 1))) / 255;

    /// <param name="Truth">float32 [1, 3, H, W], RGB, 0..1.</param>
    /// <param name="Planes">What is measured of truth, bicubic and output, [1, 3 or 9, H, W].</param>
    /// <param name="Scene">By which cuts are found.</param>
    private sealed record Frame(Tensor Truth, Tensor Planes, AnalysisPicture Scene) : IDisposable
    {
        public void Dispose()
        {
            Truth.Dispose();
            Planes.Dispose();
        }
    }
}
