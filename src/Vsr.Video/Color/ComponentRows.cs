using System.Buffers;

namespace Vsr.Video;

/// <summary>
/// Hands out rows of a picture's components as floats, offsets taken off, chroma enlarged to full width, for the columns of a
/// crop. The last two chroma rows are kept, because neighbouring luma rows share them.
/// </summary>
internal ref struct ComponentRows
{
    // Whole vectors are read past a row's end and two pixels before its beginning.
    private const int Slack = 40;

    private readonly PicturePlanes _planes;
    private readonly PictureLayout _layout;
    private readonly ColorTransform _transform;
    private readonly PixelRect _crop;
    private readonly ChromaSiting _siting;
    private readonly int _pictureWidth;
    private readonly int _pictureHeight;
    private readonly int _factorX;
    private readonly double _offsetX;
    private readonly int _rowLength;
    private readonly float[] _buffer;
    private int _evenRow;
    private int _oddRow;

    public ComponentRows(PicturePlanes planes, PictureLayout layout, in ColorTransform transform, ChromaSiting siting,
        int pictureWidth, int pictureHeight, PixelRect crop)
    {
        _planes = planes;
        _layout = layout;
        _transform = transform;
        _crop = crop;
        _siting = siting;
        _pictureWidth = pictureWidth;
        _pictureHeight = pictureHeight;
        _factorX = layout.IsRgb ? 1 : 1 << layout.ChromaShiftX;
        _offsetX = siting.OffsetX(_factorX);
        _rowLength = crop.Width + Slack;
        _buffer = ArrayPool<float>.Shared.Rent(6 * _rowLength);
        _evenRow = -1;
        _oddRow = -1;
    }

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose() => ArrayPool<float>.Shared.Return(_buffer);

    /// <summary>The rows that make row y of the picture; valid until the next call.</summary>
    public RgbKernel.Rows At(int y)
    {
        if (_layout.HasPalette)
        {
            return Palette(y);
        }

        ReadOnlySpan<float> luma = Luma(y);
        if (_layout.IsGray)
        {
            return new RgbKernel.Rows { Luma = luma, FirstU = luma, SecondU = luma, FirstV = luma, SecondV = luma };
        }

        int factorY = _layout.IsRgb ? 1 : 1 << _layout.ChromaShiftY;
        int length = _layout.ComponentHeight(1, _pictureHeight);
        (int first, int second, double weight) =
            ChromaInterpolation.At(y, factorY, _siting.OffsetY(factorY), length);
        Chroma(first, out ReadOnlySpan<float> firstU, out ReadOnlySpan<float> firstV);
        Chroma(weight == 0 ? first : second, out ReadOnlySpan<float> secondU, out ReadOnlySpan<float> secondV);
        return new RgbKernel.Rows
        {
            Luma = luma,
            FirstU = firstU,
            SecondU = secondU,
            FirstV = firstV,
            SecondV = secondV,
            SecondWeight = (float)weight,
        };
    }

    private readonly ReadOnlySpan<float> Luma(int y)
    {
        Span<float> row = Slot(0);
        SampleLayout layout = _layout.Components[0];
        SampleReader.Read(_planes.Row(layout.Plane, y), layout, _crop.X, _crop.Width, (float)_transform.Offset0, row);
        return row;
    }

    private void Chroma(int row, out ReadOnlySpan<float> u, out ReadOnlySpan<float> v)
    {
        int slot = 1 + (2 * (row & 1));
        int shift = _factorX == 2 ? _crop.X & 1 : 0;
        if (((row & 1) == 0 ? _evenRow : _oddRow) != row)
        {
            Enlarge(1, row, (float)_transform.Offset1, Slot(slot));
            Enlarge(2, row, (float)_transform.Offset2, Slot(slot + 1));
            if ((row & 1) == 0)
            {
                _evenRow = row;
            }
            else
            {
                _oddRow = row;
            }
        }

        u = Slot(slot)[shift..];
        v = Slot(slot + 1)[shift..];
    }

    private readonly RgbKernel.Rows Palette(int y)
    {
        ReadOnlySpan<byte> indices = _planes.Row(0, y).Slice(_crop.X, _crop.Width);
        ReadOnlySpan<byte> palette = _planes.Plane(1);
        Span<float> red = Slot(0);
        Span<float> green = Slot(1);
        Span<float> blue = Slot(2);
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<byte> entry = palette.Slice(4 * indices[i], 4);
            blue[i] = entry[0];
            green[i] = entry[1];
            red[i] = entry[2];
        }

        return new RgbKernel.Rows { Luma = red, FirstU = green, SecondU = green, FirstV = blue, SecondV = blue };
    }

    private readonly Span<float> Slot(int index) => _buffer.AsSpan(index * _rowLength, _rowLength);

    private readonly void Enlarge(int component, int row, float offset, Span<float> output)
    {
        SampleLayout layout = _layout.Components[component];
        ReadOnlySpan<byte> samples = _planes.Row(layout.Plane, row);
        int length = _layout.ComponentWidth(component, _pictureWidth);
        if (_factorX == 1)
        {
            SampleReader.Read(samples, layout, _crop.X, _crop.Width, offset, output);
            return;
        }

        // Samples first - 1 .. last + 1, the ends repeated.
        int first = _crop.X / _factorX;
        int last = (_crop.X + _crop.Width - 1) / _factorX;
        int count = last - first + 1;
        Span<float> packed = Slot(5)[..(count + 2)];
        int from = Math.Max(first - 1, 0);
        int to = Math.Min(last + 1, length - 1);
        int lead = from - (first - 1);
        SampleReader.Read(samples, layout, from, to - from + 1, offset, packed[lead..]);
        if (lead == 1)
        {
            packed[0] = packed[1];
        }

        if (to == last)
        {
            packed[^1] = packed[^2];
        }

        if (_factorX == 2)
        {
            ChromaInterpolation.Double(packed, count, _offsetX, output);
            return;
        }

        for (int x = 0; x < _crop.Width; x++)
        {
            double coordinate = (_crop.X + x - _offsetX) / _factorX;
            int at = (int)Math.Floor(coordinate) - (first - 1);
            float before = packed[at];
            output[x] = before + ((packed[at + 1] - before) * (float)(coordinate - Math.Floor(coordinate)));
        }
    }
}
