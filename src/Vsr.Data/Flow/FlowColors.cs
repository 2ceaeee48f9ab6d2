using Vsr.Video;

namespace Vsr.Data;

/// <summary>Draws flows with the colour wheel of the Middlebury data: the hue is the direction, the saturation the length.</summary>
/// <remarks>
/// Baker et al., "A Database and Evaluation Methodology for Optical Flow" (ICCV 2007): 55 hues from red over yellow, green, cyan, blue and
/// magenta, closer where the eye tells more of them apart. No motion is white; motion longer than the scale is darkened; unknown flow is black.
/// </remarks>
public static class FlowColors
{
    private const double BeyondScale = 0.75;

    // Steps from each of the six pure colours to the next, and what changes on the way: channel, and whether it rises.
    private static readonly (int Steps, int Channel, bool Rises)[] Arcs =
        [(15, 1, true), (6, 0, false), (4, 2, true), (11, 1, false), (13, 0, true), (6, 2, false)];

    private static readonly double[][] Wheel = CreateWheel();

    /// <summary>Draws a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="fullPixels">The length in pixels that has the full colour; null takes the longest of the flow.</param>
    /// <returns>A picture of 8 bits of the flow's size.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fullPixels"/> is not above 0.</exception>
    public static RgbImage Draw(FlowField flow, double? fullPixels = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (fullPixels is { } given && !(given > 0 && double.IsFinite(given)))
        {
            throw new ArgumentOutOfRangeException(nameof(fullPixels), given, $"a scale of {given} pixels; give a length above 0");
        }

        double scale = fullPixels ?? flow.LongestPixels();
        scale = scale > 0 ? scale : 1;
        RgbImage image = new(flow.Width, flow.Height);
        Span<byte> samples = image.Samples8;
        int plane = flow.Width * flow.Height;
        for (int i = 0; i < plane; i++)
        {
            (float x, float y) = (flow.Values[2 * i], flow.Values[(2 * i) + 1]);
            if (FlowField.IsKnown(x, y))
            {
                (samples[i], samples[plane + i], samples[(2 * plane) + i]) = ColorOf(x / scale, y / scale);
            }
        }

        return image;
    }

    /// <summary>The colour of a flow relative to the scale.</summary>
    internal static (byte Red, byte Green, byte Blue) ColorOf(double x, double y)
    {
        double length = Math.Sqrt((x * x) + (y * y));
        double hue = ((Math.Atan2(-y, -x) / Math.PI) + 1) / 2 * (Wheel.Length - 1);
        int below = (int)hue;
        double[] first = Wheel[below];
        double[] second = Wheel[(below + 1) % Wheel.Length];
        return (Channel(0), Channel(1), Channel(2));

        byte Channel(int channel)
        {
            double pure = first[channel] + ((hue - below) * (second[channel] - first[channel]));
            double value = length <= 1 ? 1 - (length * (1 - pure)) : BeyondScale * pure;
            return (byte)(255 * value);
        }
    }

    private static double[][] CreateWheel()
    {
        List<double[]> wheel = [];
        double[] color = [255, 0, 0];
        foreach ((int steps, int channel, bool rises) in Arcs)
        {
            for (int step = 0; step < steps; step++)
            {
                double moved = Math.Floor(255.0 * step / steps);
                color[channel] = rises ? moved : 255 - moved;
                wheel.Add([color[0] / 255, color[1] / 255, color[2] / 255]);
            }

            color[channel] = rises ? 255 : 0;
        }

        return [.. wheel];
    }
}
