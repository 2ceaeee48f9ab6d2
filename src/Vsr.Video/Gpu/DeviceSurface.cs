namespace Vsr.Video;

/// <summary>A decoded picture in the memory of a GPU. It is not owned, and valid only as long as whoever gives it says.</summary>
/// <param name="Pointer">The device address of the first row of luma.</param>
/// <param name="PitchBytes">Bytes from a row to the next, the same for luma and chroma.</param>
/// <param name="Rows">
/// Rows of luma in memory, at least <paramref name="Height"/> rounded up to even: chroma begins at Pointer + PitchBytes * Rows, V of
/// 4:4:4 at Pointer + 2 * PitchBytes * Rows.
/// </param>
/// <param name="Width">Width of the picture in pixels; half of it, rounded up, of 4:2:0's chroma.</param>
/// <param name="Height">Height of the picture in pixels; half of it, rounded up, of 4:2:0's chroma.</param>
/// <param name="Format">How the samples lie.</param>
/// <param name="BitDepth">Bits of a sample; those of 16-bit formats lie at the top.</param>
internal readonly record struct DeviceSurface(
    nint Pointer, int PitchBytes, int Rows, int Width, int Height, SurfaceFormat Format, int BitDepth)
{
    /// <summary>Whether chroma has half the width and height and U and V in turn.</summary>
    public bool Is420 => Format is SurfaceFormat.Nv12 or SurfaceFormat.P016;

    /// <summary>Bytes of a sample: 1 or 2.</summary>
    public int SampleBytes => Format is SurfaceFormat.Nv12 or SurfaceFormat.Yuv444 ? 1 : 2;

    /// <summary>Rows of luma that belong to the picture: its height, for 4:2:0 rounded up to even.</summary>
    public int PictureRows => Is420 ? Height + (Height & 1) : Height;

    /// <summary>Bytes of a row that belong to the picture: of luma, and of 4:2:0's chroma, whose samples lie in pairs.</summary>
    public int PictureRowBytes => (Is420 ? Width + (Width & 1) : Width) * SampleBytes;

    /// <summary>The rows that belong to the picture, in their order: the first of each block that lies together, and how many.</summary>
    public (int First, int Count)[] RowBlocks => (Rows == PictureRows, Is420) switch
    {
        (true, true) => [(0, Rows + (Rows / 2))],
        (true, false) => [(0, 3 * Rows)],
        (false, true) => [(0, PictureRows), (Rows, PictureRows / 2)],
        (false, false) => [(0, PictureRows), (Rows, PictureRows), (2 * Rows, PictureRows)],
    };

    /// <summary>A part of the picture.</summary>
    /// <param name="left">Columns before it; even for 4:2:0.</param>
    /// <param name="top">Rows above it; even for 4:2:0.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    public DeviceSurface Part(int left, int top, int width, int height) => this with
    {
        Pointer = Pointer + ((nint)top * PitchBytes) + (left * SampleBytes),
        Rows = Is420 ? Rows - (top / 2) : Rows,                    // from the part's first row of luma to its first one of chroma
        Width = width,
        Height = height,
    };

    /// <summary>The same picture in other memory, without rows between its planes.</summary>
    public DeviceSurface Packed(nint pointer, int pitchBytes) =>
        this with { Pointer = pointer, PitchBytes = pitchBytes, Rows = PictureRows };

    /// <summary>Bytes from the first sample to the end of the last row's padding.</summary>
    public long TotalBytes => (long)PitchBytes * (Is420 ? Rows + (Rows / 2) : 3 * Rows);
}
