using Vsr.Interop.Nvcuvid;

namespace Vsr.Video;

/// <summary>The sizes that a decoder session is made for, from what the parser found.</summary>
/// <param name="CodedWidth">Width of the coded picture.</param>
/// <param name="CodedHeight">Height of the coded picture.</param>
/// <param name="Left">Where the shown picture begins in the coded one.</param>
/// <param name="Top">Where the shown picture begins in the coded one.</param>
/// <param name="Width">Width of the shown picture.</param>
/// <param name="Height">Height of the shown picture.</param>
internal readonly record struct SurfaceShape(int CodedWidth, int CodedHeight, int Left, int Top, int Width, int Height)
{
    /// <summary>
    /// Width of what is put out, a multiple of 4, as engines leave out columns beyond (seen with driver 580). What is more than the
    /// picture is cropped or coded padding.
    /// </summary>
    public int OutputWidth => (Width + 3) / 4 * 4;

    /// <summary>Height of what is put out: even.</summary>
    public int OutputHeight => Height + (Height & 1);

    /// <summary>Columns that are put out left of the picture, where those right of it do not suffice for <see cref="OutputWidth"/>.</summary>
    public int Before => Math.Max(0, Left + OutputWidth - CodedWidth);

    /// <summary>The part of the coded picture that is put out.</summary>
    public CuvidRectangle DisplayArea => Rectangle(Left - Before, Top);

    /// <summary>Where it lies in the surface: of the same size, as nothing is to be scaled.</summary>
    public CuvidRectangle TargetArea => Rectangle(0, 0);

    public static SurfaceShape Of(in CuvidFormat format)
    {
        int width = format.DisplayRight - format.DisplayLeft;
        int height = format.DisplayBottom - format.DisplayTop;
        return new SurfaceShape(
            Math.Max((int)format.CodedWidth, (width + 3) / 4 * 4),
            Math.Max((int)format.CodedHeight, format.DisplayTop + height + (height & 1)),
            format.DisplayLeft,
            format.DisplayTop,
            width,
            height);
    }

    private CuvidRectangle Rectangle(int left, int top) => new()
    {
        Left = (short)left,
        Top = (short)top,
        Right = (short)(left + OutputWidth),
        Bottom = (short)(top + OutputHeight),
    };
}
