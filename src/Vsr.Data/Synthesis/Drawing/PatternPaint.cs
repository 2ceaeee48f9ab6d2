namespace Vsr.Data.Synthesis.Drawing;

/// <summary>A pattern on a plane.</summary>
internal sealed class PatternPaint(PatternPlane plane, IPattern pattern) : IPaint
{
    public Colour At(double x, double y, double side) => pattern.At(plane.At(x, y, side));
}
