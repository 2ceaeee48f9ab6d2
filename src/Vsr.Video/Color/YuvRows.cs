using System.Buffers;

namespace Vsr.Video;

/// <summary>
/// Collects rows of luma and colour differences at full resolution and writes them to a picture's planes, chroma as soon as
/// the rows it is averaged from are there. The last four rows of colour differences are kept.
/// </summary>
internal ref struct YuvRows
{
    private readonly PictureLayout _layout;
    private readonly PictureBuffers _target;
    private readonly (int First, float Weight0, float Weight1, float Weight2) _tapsX;
    private readonly (int First, float Weight0, float Weight1, float Weight2) _tapsY;
    private readonly int _width;
    private readonly int _height;
    private readonly int _rowLength;
    private readonly float[] _buffer;
    private int _nextChromaRow;

    public YuvRows(PictureLayout layout, ChromaSiting siting, int width, int height, PictureBuffers target)
    {
        _layout = layout;
        _target = target;
        _tapsX = ChromaReduction.Taps(siting.OffsetX(2));
        _tapsY = ChromaReduction.Taps(siting.OffsetY(2));
        _width = width;
        _height = height;
        _rowLength = width + 16;
        _buffer = ArrayPool<float>.Shared.Rent(12 * _rowLength);
        _nextChromaRow = 0;
    }

    /// <summary>Where the first component of the next row goes.</summary>
    public readonly Span<float> Luma => Slot(0);

    /// <summary>Where the second component of row y goes.</summary>
    public readonly Span<float> U(int y) => Slot(1 + (y & 3));

    /// <summary>Where the third component of row y goes.</summary>
    public readonly Span<float> V(int y) => Slot(5 + (y & 3));

    /// <summary>Gives the buffers back.</summary>
    public readonly void Dispose() => ArrayPool<float>.Shared.Return(_buffer);

    /// <summary>Writes row y, just made, and the chroma rows that can be made now.</summary>
    public void Write(int y)
    {
        Store(0, y, Luma[.._width]);
        if (_layout.Components.Count == 1)
        {
            return;
        }

        if (_layout.IsRgb || _layout.ChromaShiftY == 0)
        {
            WriteChroma(1, y, U(y)[.._width]);
            WriteChroma(2, y, V(y)[.._width]);
            return;
        }

        while (_nextChromaRow < _layout.ComponentHeight(1, _height) && LastTap(_nextChromaRow) <= y)
        {
            WriteChroma(1, _nextChromaRow, Reduced(1));
            WriteChroma(2, _nextChromaRow, Reduced(5));
            _nextChromaRow++;
        }
    }

    private readonly Span<float> Slot(int index) => _buffer.AsSpan(index * _rowLength, _rowLength);

    private readonly int LastTap(int chromaRow) =>
        Math.Min((2 * chromaRow) + _tapsY.First + (_tapsY.Weight2 == 0 ? 1 : 2), _height - 1);

    // The next chroma row at full width, from the rows kept in the four slots from firstSlot on.
    private readonly ReadOnlySpan<float> Reduced(int firstSlot)
    {
        int first = (2 * _nextChromaRow) + _tapsY.First;
        int last = LastTap(_nextChromaRow);
        Span<float> output = Slot(9)[.._width];
        ChromaReduction.Vertical(Kept(firstSlot, first, last), Kept(firstSlot, first + 1, last),
            Kept(firstSlot, first + 2, last), _tapsY, output);
        return output;
    }

    private readonly ReadOnlySpan<float> Kept(int firstSlot, int row, int last) =>
        Slot(firstSlot + (Math.Clamp(row, 0, last) & 3))[.._width];

    private readonly void WriteChroma(int component, int row, ReadOnlySpan<float> full)
    {
        if (_layout.IsRgb || _layout.ChromaShiftX == 0)
        {
            Store(component, row, full);
            return;
        }

        int reducedWidth = _layout.ComponentWidth(component, _width);
        Span<float> padded = Slot(10)[..((2 * reducedWidth) + 2)];
        int lead = -_tapsX.First;
        full.CopyTo(padded[lead..]);
        padded[..lead].Fill(full[0]);
        padded[(lead + _width)..].Fill(full[^1]);
        Span<float> reduced = Slot(11)[..reducedWidth];
        ChromaReduction.Horizontal(padded, _tapsX, reduced);
        Store(component, row, reduced);
    }

    private readonly void Store(int component, int row, ReadOnlySpan<float> values)
    {
        SampleLayout part = _layout.Components[component];
        SampleWriter.Write(values, part, _target.Row(part.Plane, row));
    }
}
