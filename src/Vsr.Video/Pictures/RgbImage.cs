using System.Runtime.InteropServices;

namespace Vsr.Video;

/// <summary>A picture in host memory: planar RGB [3, height, width] of 8 or 16 bits, full scale.</summary>
public sealed class RgbImage
{
    private readonly byte[] _samples;

    /// <summary>Creates a black picture.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="bitDepth">8 or 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, or another bit depth.</exception>
    public RgbImage(int width, int height, int bitDepth = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (bitDepth is not 8 and not 16)
        {
            throw new ArgumentOutOfRangeException(nameof(bitDepth), bitDepth, "a picture has 8 or 16 bits a sample");
        }

        Width = width;
        Height = height;
        BitDepth = bitDepth;
        _samples = new byte[checked(3 * width * height * (bitDepth / 8))];
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Bits a sample: 8 or 16.</summary>
    public int BitDepth { get; }

    /// <summary>The samples [3, height, width] of a picture of 8 bits; the span aliases the picture.</summary>
    /// <exception cref="InvalidOperationException">The picture has 16 bits.</exception>
    public Span<byte> Samples8 => BitDepth == 8
        ? _samples
        : throw new InvalidOperationException("the picture has 16 bits a sample; read Samples16 or call To8Bit()");

    /// <summary>The samples [3, height, width] of a picture of 16 bits; the span aliases the picture.</summary>
    /// <exception cref="InvalidOperationException">The picture has 8 bits.</exception>
    public Span<ushort> Samples16 => BitDepth == 16
        ? MemoryMarshal.Cast<byte, ushort>(_samples.AsSpan())
        : throw new InvalidOperationException("the picture has 8 bits a sample; read Samples8");

    /// <summary>Creates a picture of 8 bits from a copy of planar samples [3, height, width].</summary>
    /// <exception cref="ArgumentException">The number of samples is not 3 x height x width.</exception>
    public static RgbImage FromRgb8(int width, int height, ReadOnlySpan<byte> planar)
    {
        RgbImage image = new(width, height, 8);
        RequireLength(planar.Length, image);
        planar.CopyTo(image.Samples8);
        return image;
    }

    /// <summary>Creates a picture of 16 bits from a copy of planar samples [3, height, width].</summary>
    /// <exception cref="ArgumentException">The number of samples is not 3 x height x width.</exception>
    public static RgbImage FromRgb16(int width, int height, ReadOnlySpan<ushort> planar)
    {
        RgbImage image = new(width, height, 16);
        RequireLength(planar.Length, image);
        planar.CopyTo(image.Samples16);
        return image;
    }

    /// <summary>This picture when it has 8 bits, else a copy rounded to 8 bits (nearest, of 65535 to 255).</summary>
    public RgbImage To8Bit()
    {
        if (BitDepth == 8)
        {
            return this;
        }

        RgbImage result = new(Width, Height, 8);
        Span<ushort> words = Samples16;
        Span<byte> bytes = result.Samples8;
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((words[i] + 128) / 257);
        }

        return result;
    }

    /// <summary>A copy turned clockwise by a multiple of 90 degrees.</summary>
    /// <param name="clockwiseDegrees">Any multiple of 90; negative ones turn the other way.</param>
    /// <remarks>A video's rotation as ffprobe prints it counts the other way: show frames turned by its negative.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">No multiple of 90.</exception>
    public RgbImage Rotate(int clockwiseDegrees)
    {
        if (clockwiseDegrees % 90 != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(clockwiseDegrees), clockwiseDegrees, "pictures turn by multiples of 90 degrees");
        }

        int quarters = ((clockwiseDegrees / 90 % 4) + 4) % 4;
        RgbImage result = quarters % 2 == 0 ? new(Width, Height, BitDepth) : new(Height, Width, BitDepth);
        if (BitDepth == 8)
        {
            Turn<byte>(Samples8, result.Samples8, Width, Height, quarters);
        }
        else
        {
            Turn<ushort>(Samples16, result.Samples16, Width, Height, quarters);
        }

        return result;
    }

    private static void Turn<T>(ReadOnlySpan<T> source, Span<T> target, int width, int height, int quarters)
    {
        int targetWidth = quarters % 2 == 0 ? width : height;
        for (int i = 0; i < source.Length; i++)
        {
            int x = i % width;
            int y = i / width % height;
            int plane = i / (width * height) * (width * height);
            (int column, int row) = quarters switch
            {
                0 => (x, y),
                1 => (height - 1 - y, x),
                2 => (width - 1 - x, height - 1 - y),
                _ => (y, width - 1 - x),
            };
            target[plane + (row * targetWidth) + column] = source[i];
        }
    }

    private static void RequireLength(int length, RgbImage image)
    {
        if (length != 3 * image.Width * image.Height)
        {
            throw new ArgumentException($"{length} samples given, {image.Width}x{image.Height} has "
                + $"{3 * image.Width * image.Height}; pass planar RGB [3, height, width]");
        }
    }
}
