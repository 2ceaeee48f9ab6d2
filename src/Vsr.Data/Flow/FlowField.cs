namespace Vsr.Data;

/// <summary>A flow in host memory: for every pixel of a first picture, how far away it lies in a second one.</summary>
/// <remarks>
/// first(p) = second(p + flow(p)); x to the right, y down, in pixels. A component that is no number, or 1e9 or more away from zero, means that
/// the flow there is unknown (the convention of the Middlebury data).
/// </remarks>
public sealed class FlowField
{
    /// <summary>Components from this size on mean that the flow is unknown.</summary>
    public const float UnknownFrom = 1e9f;

    private readonly float[] _values;

    /// <summary>Creates a flow of zeros.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or more values than an array can hold.</exception>
    public FlowField(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(2L * width * height, Array.MaxLength, nameof(width));
        Width = width;
        Height = height;
        _values = new float[2 * width * height];
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The components [height, width, 2], x before y; the span aliases the flow.</summary>
    public Span<float> Values => _values;

    /// <summary>The flow of one pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is outside.</exception>
    public (float X, float Y) this[int x, int y]
    {
        get
        {
            int at = IndexOf(x, y);
            return (_values[at], _values[at + 1]);
        }

        set
        {
            int at = IndexOf(x, y);
            (_values[at], _values[at + 1]) = value;
        }
    }

    /// <summary>Whether a flow is a number of pixels, and not marked as unknown.</summary>
    public static bool IsKnown(float x, float y) => MathF.Abs(x) < UnknownFrom && MathF.Abs(y) < UnknownFrom;

    /// <summary>The length of the longest known flow, in pixels; 0 where none is known.</summary>
    public double LongestPixels()
    {
        double longest = 0;
        for (int i = 0; i < _values.Length; i += 2)
        {
            (float x, float y) = (_values[i], _values[i + 1]);
            longest = IsKnown(x, y) ? Math.Max(longest, Math.Sqrt(((double)x * x) + ((double)y * y))) : longest;
        }

        return longest;
    }

    private int IndexOf(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return 2 * ((y * Width) + x);
    }
}
