namespace Vsr.Data.Preparation;

/// <summary>Counts the frames of a step over its threads and tells the observer.</summary>
internal sealed class PreparationClock(string step, long totalFrames, IPreparationObserver? observer, TimeProvider? time = null)
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _start = (time ?? TimeProvider.System).GetTimestamp();
    private long _frames;

    /// <summary>What is counted, for the observer.</summary>
    public string Unit { get; init; } = "frames";

    /// <summary>Counts frames that are done; a negative number takes back what is done again.</summary>
    public void Add(int frames)
    {
        lock (_lock)
        {
            _frames += frames;
            observer?.Report(new PreparationProgress(step, _frames, totalFrames, _time.GetElapsedTime(_start).TotalSeconds) { Unit = Unit });
        }
    }

    /// <summary>Passes a line on.</summary>
    public void Note(string line)
    {
        lock (_lock)
        {
            observer?.Note(line);
        }
    }
}
