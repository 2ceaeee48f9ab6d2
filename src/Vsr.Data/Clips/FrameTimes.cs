using Vsr.Video;

namespace Vsr.Data;

/// <summary>The presentation times of a file's frames. Frames at a constant rate take no memory each, others eight bytes.</summary>
/// <remarks>Equal when they have the same times of the same number of frames.</remarks>
public sealed class FrameTimes : IEquatable<FrameTimes>
{
    private const long None = long.MinValue;
    private readonly Rational _timeBase;
    private readonly long _firstTicks;
    private readonly long _stepTicks;
    private readonly long[]? _ticks; // null where frame i is at first + i * step

    private FrameTimes(int count, Rational timeBase, long firstTicks, long stepTicks, long[]? ticks)
    {
        Count = count;
        _timeBase = timeBase;
        _firstTicks = firstTicks;
        _stepTicks = stepTicks;
        _ticks = ticks;
    }

    /// <summary>Number of frames.</summary>
    public int Count { get; }

    /// <summary>The time of a frame in seconds, as the file counts them; NaN where it has none.</summary>
    /// <param name="frame">Number of the frame in its file, 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public double this[int frame]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(frame);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Count);
            long ticks = TicksOf(frame);
            return ticks == None ? double.NaN : (double)ticks * _timeBase.Numerator / _timeBase.Denominator;
        }
    }

    /// <summary>Whether two files' frames have the same times.</summary>
    public bool Equals(FrameTimes? other) => other is not null && Count == other.Count && _timeBase == other._timeBase
        && Enumerable.Range(0, Count).All(frame => TicksOf(frame) == other.TicksOf(frame));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FrameTimes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, _timeBase);

    /// <summary>The times of an index; null where the file has none.</summary>
    internal static FrameTimes? Of(FrameIndex index, Rational timeBase) => timeBase.IsKnown
        ? Of([.. Enumerable.Range(0, index.FrameCount).Select(index.PtsTicks)], timeBase)
        : null;

    /// <summary>The times of frames in ticks of a time base; null where none has a time.</summary>
    internal static FrameTimes? Of(long?[] ticks, Rational timeBase)
    {
        if (Array.TrueForAll(ticks, time => time is null))
        {
            return null;
        }

        long first = ticks[0] ?? 0;
        long step = ticks.Length > 1 ? (ticks[1] ?? 0) - first : 0;
        bool even = Enumerable.Range(0, ticks.Length).All(frame => ticks[frame] == first + frame * step);
        return new FrameTimes(ticks.Length, timeBase, first, step, even ? null : [.. ticks.Select(time => time ?? None)]);
    }

    private long TicksOf(int frame) => _ticks is null ? _firstTicks + frame * _stepTicks : _ticks[frame];
}
