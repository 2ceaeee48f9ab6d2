namespace Vsr.Video.Analysis;

/// <summary>Makes the small pictures that scene detection works on; a change of size or format within a file is followed.</summary>
internal sealed class AnalysisScaler : IDisposable
{
    private FrameScaler? _scaler;
    private int _height;

    /// <summary>The frame in small.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="used">A picture of this scaler's that is not needed any more, whose memory is used again; or null.</param>
    public AnalysisPicture Reduce(VideoFrame frame, AnalysisPicture? used = null)
    {
        _height = _height == 0 ? AnalysisPicture.HeightFor(frame.Width, frame.Height) : _height;
        if (_scaler is null || !_scaler.Fits(frame))
        {
            _scaler?.Dispose();
            _scaler = new FrameScaler(frame, "yuv444p", AnalysisPicture.StandardWidth, _height, ScalingFilter.Area);
        }

        using VideoFrame small = _scaler.Scale(frame);
        return new AnalysisPicture(
            small.Width, small.Height, Plane(small, 0, used?.Y), Plane(small, 1, used?.U), Plane(small, 2, used?.V));
    }

    public void Dispose() => _scaler?.Dispose();

    private static byte[] Plane(VideoFrame frame, int plane, byte[]? used)
    {
        byte[] samples = used ?? new byte[frame.Width * frame.Height];
        for (int y = 0; y < frame.Height; y++)
        {
            frame.Plane(plane).Slice(y * frame.StrideBytes(plane), frame.Width).CopyTo(samples.AsSpan(y * frame.Width));
        }

        return samples;
    }
}
