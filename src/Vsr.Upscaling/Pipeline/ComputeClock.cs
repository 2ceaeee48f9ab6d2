namespace Vsr.Upscaling.Pipeline;

/// <summary>How long frames take to compute, the first ones apart: they hold the search for algorithms and a graph's recording.</summary>
internal sealed class ComputeClock
{
    private const int StartFrames = 8;

    private int _frames;
    private double _startSeconds;
    private double _seconds;

    /// <summary>Seconds of all frames.</summary>
    public double TotalSeconds => _startSeconds + _seconds;

    /// <summary>The mean in milliseconds after the first 8 frames; over all where there are no more; 0 before the first.</summary>
    public double MillisecondsPerFrame => _frames > StartFrames
        ? 1000 * _seconds / (_frames - StartFrames)
        : 1000 * TotalSeconds / Math.Max(1, _frames);

    /// <summary>Counts a frame.</summary>
    public void Add(double seconds)
    {
        if (_frames++ < StartFrames)
        {
            _startSeconds += seconds;
        }
        else
        {
            _seconds += seconds;
        }
    }
}
