namespace Vsr.Data.Synthesis.Drawing;

/// <content>Filled outlines, by exact area.</content>
internal sealed partial class CoverageMask
{
    /// <summary>The inside of a closed outline; what it goes around twice is inside, too.</summary>
    public void Fill(ReadOnlySpan<Point> outline)
    {
        (double x0, double y0, double x1, double y1) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (Point point in outline)
        {
            (x0, y0) = (Math.Min(x0, point.X * _scale), Math.Min(y0, point.Y * _scale));
            (x1, y1) = (Math.Max(x1, point.X * _scale), Math.Max(y1, point.Y * _scale));
        }

        (int left, int top, int right, int bottom) = Touch(x0, y0, x1, y1);
        int columns = right - left;
        if (_row.Length < columns)
        {
            _row = new double[columns];
        }

        for (int row = top; row < bottom; row++)
        {
            Span<double> areas = _row.AsSpan(0, Math.Max(columns, 0));
            areas.Clear();
            for (int i = 0; i < outline.Length; i++)
            {
                AddEdge(areas, outline[i] * _scale, outline[(i + 1) % outline.Length] * _scale, left, row);
            }

            double covered = 0;
            for (int column = 0; column < areas.Length; column++)
            {
                covered += areas[column];
                ref float value = ref _values[(row * _width) + left + column];
                value = Math.Max(value, (float)Math.Min(1, Math.Abs(covered)));
            }
        }
    }

    /// <summary>Adds what an edge changes from column to column: the signed area to its right in a row of pixels.</summary>
    private static void AddEdge(Span<double> areas, Point from, Point to, int left, int row)
    {
        double top = Math.Max(Math.Min(from.Y, to.Y), row);
        double bottom = Math.Min(Math.Max(from.Y, to.Y), row + 1);
        if (bottom <= top)
        {
            return;
        }

        double slope = (to.X - from.X) / (to.Y - from.Y);
        double one = Math.Clamp(from.X + ((top - from.Y) * slope) - left, 0, areas.Length);
        double other = Math.Clamp(from.X + ((bottom - from.Y) * slope) - left, 0, areas.Length);
        (double first, double last) = (Math.Min(one, other), Math.Max(one, other));
        double height = to.Y > from.Y ? bottom - top : top - bottom;
        double before = 0;
        for (int column = (int)first; column < areas.Length; column++)
        {
            double area = RightOf(column + 1, first, last) - RightOf(column, first, last);
            areas[column] += height * (area - before);
            before = area;
            if (column >= last)
            {
                return;
            }
        }
    }

    /// <summary>The area right of an edge and left of a column, in a row of height 1.</summary>
    private static double RightOf(double column, double first, double last) =>
        column <= first ? 0
        : column >= last ? column - ((first + last) / 2)
        : (column - first) * (column - first) / (2 * (last - first));
}
