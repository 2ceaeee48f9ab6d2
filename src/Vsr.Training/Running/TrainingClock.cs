namespace Vsr.Training.Running;

/// <summary>Measures the time spent on training steps alone: reading data, building pools, validation and saving stand outside.</summary>
internal sealed class TrainingClock(TimeProvider time, TimeSpan alreadySpent)
{
    private TimeSpan _spent = alreadySpent;
    private long? _runningSince;

    /// <summary>Time spent so far, over all sessions of a resumed run.</summary>
    public TimeSpan Elapsed => _runningSince is { } since ? _spent + time.GetElapsedTime(since) : _spent;

    public void Start() => _runningSince ??= time.GetTimestamp();

    public void Stop()
    {
        _spent = Elapsed;
        _runningSince = null;
    }
}
