using Vsr.Data;
using Vsr.Training.Metrics;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>Reads a clip's frames for scoring: the cropped ground truth, and the low-resolution frame that belongs to it.</summary>
internal sealed class EvaluationInput
{
    private readonly IFrameSource _groundTruth;
    private readonly IFrameSource? _lowResolution;
    private readonly int _scale;
    private readonly Device _device;
    private readonly byte[] _whole;
    private readonly byte[] _small;

    /// <exception cref="VsrException">The clip is too small, or the low-resolution clip does not belong to it.</exception>
    public EvaluationInput(IFrameSource groundTruth, IFrameSource? lowResolution, int scale, Device device)
    {
        (_groundTruth, _lowResolution, _scale, _device) = (groundTruth, lowResolution, scale, device);
        Width = groundTruth.Width - (groundTruth.Width % scale);
        Height = groundTruth.Height - (groundTruth.Height % scale);
        CheckSizes();
        _whole = new byte[3 * groundTruth.Width * groundTruth.Height];
        _small = new byte[3 * (Width / scale) * (Height / scale)];
    }

    /// <summary>The width that is scored: a multiple of the scale.</summary>
    public int Width { get; }

    /// <summary>The height that is scored.</summary>
    public int Height { get; }

    /// <summary>Reads frame i: planar RGB [3, H, W] in new memory, and float32 [1, 3, H/S, W/S] on the device.</summary>
    public (byte[] Truth, Tensor Lr) Read(int index)
    {
        _groundTruth.ReadRgb8(index, _whole);
        byte[] truth = new byte[3 * Width * Height];
        Crop(truth);
        if (_lowResolution is null)
        {
            return (truth, Degradation.Reduce(FrameTensors.ToDevice(truth, Width, Height, _device), _scale));
        }

        _lowResolution.ReadRgb8(index, _small);
        return (truth, FrameTensors.ToDevice(_small, Width / _scale, Height / _scale, _device));
    }

    private void Crop(byte[] cropped)
    {
        for (int row = 0; row < 3 * Height; row++)
        {
            int source = ((row / Height * _groundTruth.Height) + (row % Height)) * _groundTruth.Width;
            _whole.AsSpan(source, Width).CopyTo(cropped.AsSpan(row * Width));
        }
    }

    private void CheckSizes()
    {
        if (Width < Ssim.WindowSize || Height < Ssim.WindowSize)
        {
            throw new VsrException(
                $"{_groundTruth.Name}: {_groundTruth.Width}x{_groundTruth.Height} is too small; "
                + $"{Ssim.WindowSize}x{Ssim.WindowSize} is needed for SSIM");
        }

        if (_groundTruth.FrameCount == 0)
        {
            throw new VsrException($"{_groundTruth.Name}: has no frames");
        }

        if (_lowResolution is null)
        {
            return;
        }

        if (_lowResolution.Width != Width / _scale || _lowResolution.Height != Height / _scale)
        {
            throw new VsrException(
                $"{_groundTruth.Name}: the low-resolution clip is {_lowResolution.Width}x{_lowResolution.Height}; "
                + $"{Width / _scale}x{Height / _scale} belongs to {_groundTruth.Width}x{_groundTruth.Height} at scale {_scale}");
        }

        if (_lowResolution.FrameCount != _groundTruth.FrameCount)
        {
            throw new VsrException(
                $"{_groundTruth.Name}: the low-resolution clip has {_lowResolution.FrameCount} frames, the ground truth {_groundTruth.FrameCount}");
        }
    }
}
