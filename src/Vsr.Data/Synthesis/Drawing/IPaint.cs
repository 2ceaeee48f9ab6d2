namespace Vsr.Data.Synthesis.Drawing;

/// <summary>What a shape is filled with.</summary>
internal interface IPaint
{
    /// <summary>The mean colour of a square of the plane.</summary>
    /// <param name="x">Its centre in pixels of the picture.</param>
    /// <param name="y">Likewise, down.</param>
    /// <param name="side">Its side: one where the picture is drawn at its own size, a part where it is drawn larger.</param>
    Colour At(double x, double y, double side);
}
