namespace Vsr.Data.Synthesis.Drawing;

/// <summary>How much of each canvas pixel a shape covers, 0..1. A pixel has the largest share that a part of the shape covers of it.</summary>
/// <remarks>Only the rectangle that was touched is ever read or cleared.</remarks>
internal sealed partial class CoverageMask
{
    private readonly float[] _values;
    private readonly int _width;
    private readonly int _height;
    private readonly int _scale;
    private double[] _row = [];
    private (int Left, int Top, int Right, int Bottom) _clip;

    public CoverageMask(Canvas canvas)
    {
        (_width, _height, _scale) = (canvas.Width, canvas.Height, canvas.Scale);
        _values = new float[_width * _height];
        Unclip();
        Clear();
    }

    /// <summary>The first column that was touched.</summary>
    public int Left { get; private set; }

    /// <summary>The first row that was touched.</summary>
    public int Top { get; private set; }

    /// <summary>One past the last column that was touched.</summary>
    public int Right { get; private set; }

    /// <summary>One past the last row that was touched.</summary>
    public int Bottom { get; private set; }

    /// <summary>The share of a pixel.</summary>
    public float this[int x, int y] => _values[(y * _width) + x];

    /// <summary>Keeps everything that follows inside a box, its edges rounded to whole pixels.</summary>
    public void Clip(Box box) => _clip = (
        (int)Math.Clamp(Math.Round(box.Left) * _scale, 0, _width),
        (int)Math.Clamp(Math.Round(box.Top) * _scale, 0, _height),
        (int)Math.Clamp(Math.Round(box.Right) * _scale, 0, _width),
        (int)Math.Clamp(Math.Round(box.Bottom) * _scale, 0, _height));

    /// <summary>Lets everything through again.</summary>
    public void Unclip() => _clip = (0, 0, _width, _height);

    /// <summary>Empties the mask.</summary>
    public void Clear()
    {
        for (int y = Top; y < Bottom; y++)
        {
            _values.AsSpan((y * _width) + Left, Right - Left).Clear();
        }

        (Left, Top, Right, Bottom) = (_width, _height, 0, 0);
    }

    /// <summary>Keeps of this shape what lies in another one.</summary>
    public void Intersect(CoverageMask other)
    {
        for (int y = Top; y < Bottom; y++)
        {
            for (int x = Left; x < Right; x++)
            {
                bool isInside = x >= other.Left && x < other.Right && y >= other.Top && y < other.Bottom;
                _values[(y * _width) + x] *= isInside ? other[x, y] : 0;
            }
        }
    }

    /// <summary>The part of a rectangle that may be drawn to, added to what was touched.</summary>
    private (int Left, int Top, int Right, int Bottom) Touch(double left, double top, double right, double bottom)
    {
        int x0 = (int)Math.Clamp(Math.Floor(left), _clip.Left, _clip.Right);
        int y0 = (int)Math.Clamp(Math.Floor(top), _clip.Top, _clip.Bottom);
        int x1 = (int)Math.Clamp(Math.Ceiling(right), _clip.Left, _clip.Right);
        int y1 = (int)Math.Clamp(Math.Ceiling(bottom), _clip.Top, _clip.Bottom);
        if (x0 < x1 && y0 < y1)
        {
            (Left, Top, Right, Bottom) = (Math.Min(Left, x0), Math.Min(Top, y0), Math.Max(Right, x1), Math.Max(Bottom, y1));
        }

        return (x0, y0, x1, y1);
    }
}
