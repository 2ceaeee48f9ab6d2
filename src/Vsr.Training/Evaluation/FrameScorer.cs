using Vsr.Training.Metrics;

namespace Vsr.Training.Evaluation;

/// <summary>Scores 8-bit frames of one size against their ground truth, on luma or on red, green and blue; by the example's metric, too, if asked.</summary>
/// <remarks>Keeps its planes from frame to frame; one thread at a time uses it.</remarks>
internal sealed class FrameScorer
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _planes;
    private readonly double[] _groundTruth;
    private readonly double[] _output;
    private readonly byte[]? _groundTruthRgb;      // for the example's metric

    public FrameScorer(int width, int height, EvaluationOptions options)
    {
        (_width, _height, _planes) = (width, height, options.Rgb ? 3 : 1);
        _groundTruthRgb = options.ExampleMetric ? new byte[3 * width * height] : null;
        _groundTruth = new double[_planes * width * height];
        _output = new double[_groundTruth.Length];
    }

    /// <summary>Takes the ground truth of the next scores: planar RGB [3, H, W].</summary>
    public void SetGroundTruth(ReadOnlySpan<byte> planarRgb)
    {
        Convert(planarRgb, _groundTruth);
        planarRgb[..(_groundTruthRgb?.Length ?? 0)].CopyTo(_groundTruthRgb);
    }

    /// <summary>Scores an output [3, H, W] against the ground truth set last.</summary>
    public QualityScore Score(ReadOnlySpan<byte> planarRgb)
    {
        Convert(planarRgb, _output);
        int size = _width * _height;
        double ssim = 0;
        for (int plane = 0; plane < _planes; plane++)
        {
            ssim += Ssim.Compute(
                _groundTruth.AsMemory(plane * size, size), _output.AsMemory(plane * size, size), _width, _height);
        }

        return new(Psnr.Compute(_groundTruth, _output), ssim / _planes)
        {
            ExamplePsnrDb = _groundTruthRgb is null ? null : ExamplePsnr.Compute(_groundTruthRgb, planarRgb, _width, _height),
        };
    }

    private void Convert(ReadOnlySpan<byte> planarRgb, double[] planes)
    {
        if (_planes == 1)
        {
            Luma.FromRgb8(planarRgb, planes);
            return;
        }

        for (int i = 0; i < planes.Length; i++)
        {
            planes[i] = planarRgb[i];
        }
    }
}
