using System.Globalization;

namespace Vsr.Cli.Commands;

/// <summary>Which frames a command line chooses, and in which order.</summary>
internal static class FrameList
{
    /// <summary>Reads "0,5,10-20" (bounds included) into first and last frames.</summary>
    /// <exception cref="UsageException">The text is something else.</exception>
    public static IReadOnlyList<(int First, int Last)> Parse(string text)
    {
        List<(int, int)> ranges = [];
        foreach (string part in text.Split(','))
        {
            string[] bounds = part.Split('-');
            int last = -1;
            bool valid = int.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
                && int.TryParse(bounds[^1], NumberStyles.None, CultureInfo.InvariantCulture, out last)
                && bounds.Length <= 2 && first <= last;
            if (!valid)
            {
                throw new UsageException($"--frames '{text}': '{part}' is neither a frame number nor a range a-b with a <= b")
                {
                    Hint = "for example --frames 0,5,10-20",
                };
            }

            ranges.Add((first, last));
        }

        return ranges;
    }

    /// <summary>The chosen frames in their order; all frames where there are no ranges.</summary>
    /// <exception cref="VsrException">A frame does not exist.</exception>
    public static int[] Choose(IReadOnlyList<(int First, int Last)>? ranges, int frameCount, string file, ulong? shuffleSeed)
    {
        foreach ((int first, int last) in ranges ?? [])
        {
            if (last >= frameCount)
            {
                int wrong = Math.Max(first, frameCount);
                throw new VsrException(
                    $"{file}: frame {wrong} is out of range: the file has {frameCount} frames, numbered from 0 to {frameCount - 1}");
            }
        }

        int[] frames = ranges is null
            ? [.. Enumerable.Range(0, frameCount)]
            : [.. ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))];
        if (shuffleSeed is { } seed)
        {
            Shuffle(frames, seed);
        }

        return frames;
    }

    // Fisher-Yates with SplitMix64: the same permutation on every machine and in every version.
    private static void Shuffle(int[] frames, ulong state)
    {
        for (int i = frames.Length - 1; i > 0; i--)
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            int j = (int)Math.BigMul(z, (ulong)(i + 1), out _);
            (frames[i], frames[j]) = (frames[j], frames[i]);
        }
    }
}
