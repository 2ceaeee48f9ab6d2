namespace Vsr.Video;

/// <summary>A rectangle of whole pixels inside a picture, before rotation: left, top, width, height.</summary>
/// <param name="X">Left edge in pixels, from 0.</param>
/// <param name="Y">Top edge in pixels, from 0.</param>
/// <param name="Width">Width in pixels, at least 1.</param>
/// <param name="Height">Height in pixels, at least 1.</param>
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    /// <summary>The rectangle of a whole picture.</summary>
    public static PixelRect Whole(int width, int height) => new(0, 0, width, height);

    /// <summary>Throws when the rectangle is empty or does not lie inside a picture of this size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or crosses an edge.</exception>
    internal void RequireInside(int width, int height, string parameterName)
    {
        if (X < 0 || Y < 0 || Width < 1 || Height < 1 || Width > width - X || Height > height - Y)
        {
            throw new ArgumentOutOfRangeException(parameterName, $"crop {Width}x{Height} at ({X}, {Y}) does not lie inside the "
                + $"frame {width}x{height}; choose a rectangle inside the frame");
        }
    }
}
