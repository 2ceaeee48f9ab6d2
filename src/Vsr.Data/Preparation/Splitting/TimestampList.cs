using System.Globalization;

namespace Vsr.Data.Preparation.Splitting;

/// <summary>A list of scene end times in seconds, one a line, as DALI's example has it.</summary>
internal static class TimestampList
{
    // A list's last time may be that of a container, which counts sound and rounds.
    private const double Tolerance = 0.5;

    /// <summary>Reads a list; empty lines and lines that begin with # are passed over.</summary>
    /// <exception cref="VsrException">It cannot be read or is empty, or a line is no time above the one before.</exception>
    public static IReadOnlyList<double> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot read the list of times {path}: {failure.Message}", failure);
        }

        List<double> times = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                times.Add(Parse(line, times.Count == 0 ? 0 : times[^1], $"{path}:{i + 1}"));
            }
        }

        return times.Count > 0 ? times : throw new VsrException($"the list of times {path} is empty")
        {
            Hint = "write a line for each scene: the time at which it ends, in seconds",
        };
    }

    /// <summary>The frames that begin scenes after the first: of each time the frame that begins nearest to it.</summary>
    /// <param name="ends">Scene end times in seconds after the first frame.</param>
    /// <param name="times">The frames' times and the film's end, as <see cref="SceneTimes"/> gives them.</param>
    /// <param name="path">The list, for messages.</param>
    /// <returns>Rising, the film's end left out.</returns>
    /// <exception cref="VsrException">A time lies after the film's end, or two have no frame between them.</exception>
    public static IReadOnlyList<int> Cuts(IReadOnlyList<double> ends, double[] times, string path)
    {
        List<int> cuts = [];
        foreach (double end in ends)
        {
            if (end > times[^1] + Tolerance)
            {
                throw new VsrException(FormattableString.Invariant(
                    $"{path}: the time {end} s lies after the film's end at {times[^1]:0.###} s; is it the list of another film?"));
            }

            int frame = Nearest(times, end);
            if (frame <= (cuts.Count == 0 ? 0 : cuts[^1]))
            {
                throw new VsrException(FormattableString.Invariant($"{path}: there is no frame between the time {end} s and the one before"));
            }

            cuts.Add(frame);
        }

        cuts.Remove(times.Length - 1);
        return cuts;
    }

    private static int Nearest(double[] times, double time)
    {
        int at = Array.BinarySearch(times, time);
        if (at >= 0)
        {
            return at;
        }

        int after = Math.Min(~at, times.Length - 1);
        return after > 0 && time - times[after - 1] < times[after] - time ? after - 1 : after;
    }

    private static double Parse(string line, double before, string place)
    {
        if (!double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double time) || !double.IsFinite(time))
        {
            throw new VsrException($"{place}: '{line}' is no time in seconds; write 13.6136, one time a line");
        }

        return time > before ? time : throw new VsrException(FormattableString.Invariant(
            $"{place}: the time {time} does not lie after {before}; list the scenes' ends in film order"));
    }
}
