namespace Vsr.Data;

/// <summary>
/// All windows of a data set: runs of <see cref="Frames"/> frames, <see cref="Stride"/> apart, inside one clip, whose starts are
/// <see cref="Step"/> apart. Windows are numbered through all clips in order.
/// </summary>
/// <remarks>
/// Invariants: a window spans (Frames - 1) * Stride + 1 frames; clip c has max(0, (frameCount - span) / Step + 1) windows; one
/// number a clip is kept, whatever the number of windows. Padded, windows go on until one reaches the clip's last frame, so that
/// at most one lacks frames, and a clip that is too short has that one.
/// </remarks>
public sealed class WindowIndex
{
    // _ends[c] = number of windows in clips 0..c, so clip c holds the windows [_ends[c - 1], _ends[c]).
    private readonly long[] _ends;

    /// <summary>Counts the windows of clips.</summary>
    /// <param name="frameCounts">Frames of each clip; clips that are too short have no window.</param>
    /// <param name="frames">Frames of a window: odd, so that it has a middle frame; at least 1.</param>
    /// <param name="stride">Distance of neighbouring frames of a window; at least 1.</param>
    /// <param name="step">Distance of the first frames of neighbouring windows; at least 1.</param>
    /// <param name="padded">Whether a window may lack frames at the end of its clip.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="frames"/> is even, or a number is below 1.</exception>
    public WindowIndex(IReadOnlyList<int> frameCounts, int frames, int stride = 1, int step = 1, bool padded = false)
    {
        ArgumentNullException.ThrowIfNull(frameCounts);
        RequireOdd(frames, nameof(frames));
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        Frames = frames;
        Stride = stride;
        Step = step;
        _ends = new long[frameCounts.Count];
        long total = 0;
        for (int clip = 0; clip < _ends.Length; clip++)
        {
            total += padded ? CountPadded(frameCounts[clip]) : CountWhole(frameCounts[clip]);
            _ends[clip] = total;
        }
    }

    /// <summary>Frames of a window, odd.</summary>
    public int Frames { get; }

    /// <summary>Distance of neighbouring frames of a window.</summary>
    public int Stride { get; }

    /// <summary>Distance of the first frames of neighbouring windows.</summary>
    public int Step { get; }

    /// <summary>Frames from the first to the last of a window, both included.</summary>
    public long Span => (Frames - 1L) * Stride + 1;

    /// <summary>Windows of all clips.</summary>
    public long Count => _ends.Length == 0 ? 0 : _ends[^1];

    /// <summary>Windows of one clip.</summary>
    public long CountOf(int clip) => _ends[clip] - (clip == 0 ? 0 : _ends[clip - 1]);

    /// <summary>The clip and first frame of a window.</summary>
    /// <param name="window">Number of the window, 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such window.</exception>
    public (int Clip, int FirstFrame) Locate(long window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(window, Count);
        int found = Array.BinarySearch(_ends, window + 1);
        int clip = found < 0 ? ~found : found;
        while (clip > 0 && _ends[clip - 1] > window)
        {
            clip--; // clips without windows repeat the sum of the one before
        }

        return (clip, checked((int)((window - (clip == 0 ? 0 : _ends[clip - 1])) * Step)));
    }

    internal static void RequireOdd(int frames, string parameter)
    {
        if (frames < 1 || frames % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(parameter, frames,
                $"a window of {frames} frames has no middle frame; use an odd number, {Math.Max(1, frames - 1)} or "
                + $"{Math.Max(3, frames + 1)}");
        }
    }

    private long CountWhole(int frameCount) => frameCount < Span ? 0 : (frameCount - Span) / Step + 1;

    // Starts below frameCount, up to the first whose window ends on the last frame or after it.
    private long CountPadded(int frameCount) => frameCount <= 0
        ? 0
        : Math.Min((Math.Max(0, frameCount - Span) + Step - 1) / Step, (frameCount - 1) / Step) + 1;
}
