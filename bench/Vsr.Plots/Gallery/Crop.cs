using System.Globalization;

namespace Vsr.Plots.Gallery;

/// <summary>A square detail of one frame of a clip, and the column that is followed over time in its lines.</summary>
/// <param name="Clip">The clip's name.</param>
/// <param name="X">Its left column in the truth, from 0.</param>
/// <param name="Y">Its upper line.</param>
/// <param name="Size">Its columns and lines.</param>
/// <param name="Frame">The frame, from 0.</param>
/// <param name="Column">The column over time, counted in the truth, not in the detail.</param>
internal sealed record Crop(string Clip, int X, int Y, int Size, int Frame, int Column)
{
    private const string Form = "CLIP X Y SIZE FRAME COLUMN";

    /// <summary>Reads a table: a crop a line or between semicolons; empty lines are none.</summary>
    /// <exception cref="ReportException">A line is something else.</exception>
    public static IReadOnlyList<Crop> ParseTable(string table) =>
        [.. table.Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];

    /// <summary>Checks that it lies within a clip.</summary>
    /// <exception cref="ReportException">It does not; the message says the limit.</exception>
    public void Check(GalleryClip clip)
    {
        if (Size < 1 || X + Size > clip.Width || Y + Size > clip.Height)
        {
            throw new ReportException(
                $"the crop '{this}' exceeds the frame {clip.Width}x{clip.Height}; lower SIZE, X or Y ({Form})");
        }

        if (Frame >= clip.FrameCount)
        {
            throw new ReportException($"the crop '{this}' asks for a frame above {clip.FrameCount - 1}, the last one enlarged; lower FRAME ({Form})");
        }

        if (Column < X || Column >= X + Size)
        {
            throw new ReportException($"the crop '{this}' follows a column outside {X} to {X + Size - 1}, its own; change COLUMN ({Form})");
        }
    }

    /// <summary>The line of the table.</summary>
    public override string ToString() => FormattableString.Invariant($"{Clip} {X} {Y} {Size} {Frame} {Column}");

    // Names of clips may have blanks, so numbers are counted from the end.
    private static Crop Parse(string line)
    {
        const int numberCount = 5;
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] numbers = [.. words.TakeLast(numberCount).Select(word =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        return words.Length > numberCount && numbers.All(number => number >= 0)
            ? new Crop(string.Join(' ', words.SkipLast(numberCount)), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
            : throw new ReportException($"'{line}' is no crop; write {Form}, such as blocks 816 64 96 48 866");
    }
}
