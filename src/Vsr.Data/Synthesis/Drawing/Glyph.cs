namespace Vsr.Data.Synthesis.Drawing;

/// <summary>A letter of a made-up alphabet.</summary>
/// <param name="Strokes">The pen's ways in ems: x to the right from 0, y down from the base line.</param>
/// <param name="Advance">Where the next letter begins.</param>
internal sealed record Glyph(IReadOnlyList<Point[]> Strokes, double Advance);
