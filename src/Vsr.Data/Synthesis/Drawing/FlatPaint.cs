namespace Vsr.Data.Synthesis.Drawing;

/// <summary>One colour.</summary>
internal sealed class FlatPaint(Colour colour) : IPaint
{
    public Colour At(double x, double y, double side) => colour;
}
