namespace Vsr.Training.Running;

/// <summary>Adds up where the time of an epoch's steps goes.</summary>
/// <remarks>
/// Measured over blocks of steps, each of which ends with the device: no step waits for it to be timed. What the host waited for
/// data is the data's time; on a GPU part of it is hidden behind computing, so the rest is a lower bound of what computing took.
/// </remarks>
internal sealed class EpochTimes
{
    private long _steps;
    private TimeSpan _whole;
    private TimeSpan _data;

    /// <summary>Adds a block of steps.</summary>
    public void Add(int steps, TimeSpan whole, TimeSpan data)
    {
        _steps += steps;
        _whole += whole;
        _data += data;
    }

    /// <summary>Mean milliseconds a step since the last call, under the example's tags; empties the sums.</summary>
    public IReadOnlyList<(string Tag, double Milliseconds)> Take()
    {
        double steps = Math.Max(1, _steps);
        double whole = _whole.TotalMilliseconds / steps;
        double data = Math.Min(whole, _data.TotalMilliseconds / steps);
        (_steps, _whole, _data) = (0, default, default);
        return [("sample_time", whole), ("sample_data_time", data), ("sample_compute_time", whole - data)];
    }
}
