namespace Vsr.Upscaling.Pipeline;

/// <summary>How long frames take to compute, the first ones apart: they hold the search for algorithms and a graph's recording.</summary>
/// <param name="groupSize">Frames that are worked on together: where there are several, the first ones hold what the others need, and count.</param>
internal sealed class ComputeClock(int groupSize)
{
    private const int StartFrames = 8;

    private int _frames;
    private double _startSeconds;
    private double _seconds;

    /// <summary>Seconds of all frames.</summary>
    public double TotalSeconds => _startSeconds + _seconds;

    /// <summary>The mean in milliseconds after the first 8 frames; over all where there are no more or several are worked on together; 0 before the first.</summary>
    public double MillisecondsPerFrame => _frames > StartFrames && groupSize == 1
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
