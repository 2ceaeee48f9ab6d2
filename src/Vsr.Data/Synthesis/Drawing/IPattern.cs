namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Something that repeats with a period of 1.</summary>
internal interface IPattern
{
    /// <summary>Its mean colour over a pixel, and its mean over everything where pixels are too large for it.</summary>
    Colour At(PatternSpot spot);
}
