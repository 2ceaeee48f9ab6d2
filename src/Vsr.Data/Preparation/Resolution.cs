using System.Globalization;
using Vsr.Video;

namespace Vsr.Data.Preparation;

/// <summary>A size of the data set: a number of lines, and the name of its folder.</summary>
/// <param name="Name">"540p", "720p", "1080p", "4K".</param>
/// <param name="Height">Lines of the picture as it is shown, even.</param>
public sealed record Resolution(string Name, int Height)
{
    private const string FourK = "4K";
    private const int FourKLines = 2160;

    /// <summary>The sizes of DALI's example.</summary>
    public static IReadOnlyList<Resolution> Usual { get; } =
        [new("540p", 540), new("720p", 720), new("1080p", 1080), new(FourK, FourKLines)];

    /// <summary>Reads a name: lines and a p ("540p"), or "4K".</summary>
    /// <exception cref="ArgumentException">It is neither, or the lines are odd, below 16 or above 8640.</exception>
    public static Resolution Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Equals(FourK, StringComparison.OrdinalIgnoreCase))
        {
            return new Resolution(FourK, FourKLines);
        }

        int lines = 0;
        bool isLines = name.EndsWith('p')
            && int.TryParse(name.AsSpan(0, name.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out lines)
            && lines is >= 16 and <= 8640 && lines % 2 == 0;
        return isLines
            ? new Resolution(string.Create(CultureInfo.InvariantCulture, $"{lines}p"), lines)
            : throw new ArgumentException(
                $"'{name}' is no resolution; there are 540p, 720p, 1080p, 4K, and any even number of lines from 16 to 8640 with a p",
                nameof(name));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The lines of a video as it is shown: turned as its file says.</summary>
    internal static int ShownHeight(VideoStreamInfo stream) =>
        FrameTurn.QuartersOf(stream.Rotation) % 2 == 0 ? stream.Height : (int)Math.Round(stream.Width * PixelAspect(stream));

    /// <summary>The size in this resolution of a video as it is shown: square pixels, the video's aspect, an even width.</summary>
    internal (int Width, int Height) SizeOf(VideoStreamInfo stream)
    {
        double aspect = stream.Width * PixelAspect(stream) / stream.Height;
        aspect = FrameTurn.QuartersOf(stream.Rotation) % 2 == 0 ? aspect : 1 / aspect;
        return (Math.Max(2, 2 * (int)Math.Round(Height * aspect / 2, MidpointRounding.AwayFromZero)), Height);
    }

    private static double PixelAspect(VideoStreamInfo stream) => stream.SampleAspect is { IsKnown: true } known ? known.ToDouble() : 1;
}
