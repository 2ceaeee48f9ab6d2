using Vsr.Video;

namespace Vsr.Data.Preparation.Transcoding;

/// <summary>Makes frames what is shown of them: of one size and format, square pixels, upright.</summary>
/// <param name="stream">What the file says of itself.</param>
/// <param name="resolution">The size.</param>
/// <param name="pixelFormat">FFmpeg's name of the format.</param>
/// <param name="filter">How the size is changed.</param>
internal sealed class ShownFrames(VideoStreamInfo stream, Resolution resolution, string pixelFormat, ScalingFilter filter) : IDisposable
{
    private readonly int _quarters = FrameTurn.QuartersOf(stream.Rotation);
    private FrameScaler? _scaler;

    /// <summary>Width of the frames that come out.</summary>
    public int Width { get; } = resolution.SizeOf(stream).Width;

    /// <summary>Height of the frames that come out.</summary>
    public int Height { get; } = resolution.Height;

    /// <summary>Gives the frame as it is shown, for the caller to dispose.</summary>
    public VideoFrame Show(VideoFrame frame)
    {
        if (_scaler is null || !_scaler.Fits(frame))
        {
            _scaler?.Dispose();
            bool swaps = _quarters % 2 == 1;
            _scaler = new FrameScaler(
                frame, pixelFormat, swaps ? Height : Width, swaps ? Width : Height, filter, centerChroma: _quarters != 0);
        }

        VideoFrame scaled = _scaler.Scale(frame);
        if (_quarters == 0)
        {
            return scaled;
        }

        using (scaled)
        {
            return FrameTurn.Turn(scaled, _quarters);
        }
    }

    public void Dispose() => _scaler?.Dispose();
}
