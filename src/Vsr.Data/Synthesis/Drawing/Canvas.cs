using Vsr.Video;

namespace Vsr.Data.Synthesis.Drawing;

/// <summary>The picture while it is drawn. Places are given in pixels of the picture, whatever the scale.</summary>
/// <remarks>
/// Drawn at a scale of 4 a picture has 4x4 pixels in place of each: averaged, these are what the picture at a scale of 1 stands for,
/// which tests compare it to.
/// </remarks>
internal sealed class Canvas
{
    private readonly Colour[] _pixels;

    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="scale">Canvas pixels a pixel of the picture, in each direction.</param>
    public Canvas(int width, int height, int scale)
    {
        (Width, Height, Scale) = (width * scale, height * scale, scale);
        _pixels = new Colour[Width * Height];
        Mask = new CoverageMask(this);
        Spare = new CoverageMask(this);
    }

    /// <summary>Columns of the canvas.</summary>
    public int Width { get; }

    /// <summary>Rows of the canvas.</summary>
    public int Height { get; }

    /// <summary>Canvas pixels a pixel of the picture.</summary>
    public int Scale { get; }

    /// <summary>Where the next shape is put together; empty between shapes.</summary>
    public CoverageMask Mask { get; }

    /// <summary>A second one, for a shape that clips the first.</summary>
    public CoverageMask Spare { get; }

    /// <summary>Fills a box whose edges are rounded to whole pixels.</summary>
    public void Fill(Box box, IPaint paint)
    {
        double side = 1.0 / Scale;
        (int top, int bottom) = (Whole(box.Top, Height), Whole(box.Bottom, Height));
        (int left, int right) = (Whole(box.Left, Width), Whole(box.Right, Width));
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                _pixels[(y * Width) + x] = paint.At((x + 0.5) * side, (y + 0.5) * side, side);
            }
        }
    }

    /// <summary>Fills the shape in <see cref="Mask"/> and empties that.</summary>
    /// <param name="paint">With what.</param>
    /// <param name="opacity">How much of what is there it hides, 0..1.</param>
    public void FillMask(IPaint paint, double opacity = 1)
    {
        double side = 1.0 / Scale;
        for (int y = Mask.Top; y < Mask.Bottom; y++)
        {
            for (int x = Mask.Left; x < Mask.Right; x++)
            {
                float covered = Mask[x, y];
                if (covered > 0)
                {
                    ref Colour pixel = ref _pixels[(y * Width) + x];
                    pixel = pixel.Towards(paint.At((x + 0.5) * side, (y + 0.5) * side, side), covered * opacity);
                }
            }
        }

        Mask.Clear();
    }

    /// <summary>The canvas as an image of 8 bits.</summary>
    public RgbImage ToImage()
    {
        RgbImage image = new(Width, Height);
        Span<byte> samples = image.Samples8;
        int plane = Width * Height;
        for (int i = 0; i < plane; i++)
        {
            samples[i] = Sample(_pixels[i].Red);
            samples[plane + i] = Sample(_pixels[i].Green);
            samples[(2 * plane) + i] = Sample(_pixels[i].Blue);
        }

        return image;
    }

    private int Whole(double place, int limit) => (int)Math.Clamp(Math.Round(place) * Scale, 0, limit);

    private static byte Sample(float value) => (byte)Math.Clamp((value * 255) + 0.5f, 0, 255);
}
