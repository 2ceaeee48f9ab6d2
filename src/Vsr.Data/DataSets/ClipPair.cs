namespace Vsr.Data;

/// <summary>A high-resolution clip and a low-resolution file of it.</summary>
/// <param name="Hr">The high-resolution clip's path.</param>
/// <param name="Lr">The low-resolution file's path.</param>
/// <param name="Frames">Frames of both.</param>
/// <param name="Scale">S: low-resolution pixel (x, y) shows the S x S high-resolution pixels from (S x, S y) on.</param>
internal sealed record ClipPair(string Hr, string Lr, int Frames, int Scale);
