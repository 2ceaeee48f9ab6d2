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
    /// Width of what is put out, with the columns left of the picture: a multiple of 4, as engines leave out columns beyond (seen with
    /// driver 580). What is more than the picture is cropped or coded padding.
    /// </summary>
    public int OutputWidth => (Left + Width + 3) / 4 * 4;

    /// <summary>Height of what is put out, with the rows above the picture: even.</summary>
    public int OutputHeight => (Top + Height + 1) / 2 * 2;

    /// <summary>
    /// The part of the coded picture that is put out, and where it lies in the surface: from its first column and row on, so that no engine has to
    /// cut in mid-word and none to move rows (engines did not begin at the rows asked for, seen with driver 580), and of the same size, as nothing is to be scaled.
    /// </summary>
    public CuvidRectangle Area => new() { Right = (short)OutputWidth, Bottom = (short)OutputHeight };

    /// <summary>The sizes of what the parser found.</summary>
    /// <param name="format">What it found. It may leave out what is cut away on the left, though not on the right (seen with driver 580).</param>
    /// <param name="crop">What the stream's header cuts away on the left and above.</param>
    /// <param name="expectedWidth">The stream's width: where the picture found has it, nothing was left out.</param>
    /// <param name="expectedHeight">The stream's height, likewise.</param>
    public static SurfaceShape Of(in CuvidFormat format, HeaderCrop crop, int expectedWidth, int expectedHeight)
    {
        bool hasWidth = format.DisplayRight - format.DisplayLeft == expectedWidth;
        bool hasHeight = format.DisplayBottom - format.DisplayTop == expectedHeight;
        int left = hasWidth ? format.DisplayLeft : Math.Max(format.DisplayLeft, crop.Left);
        int top = hasHeight ? format.DisplayTop : Math.Max(format.DisplayTop, crop.Top);
        int width = format.DisplayRight - left;
        int height = format.DisplayBottom - top;
        return new SurfaceShape(
            Math.Max((int)format.CodedWidth, (left + width + 3) / 4 * 4),
            Math.Max((int)format.CodedHeight, (top + height + 1) / 2 * 2),
            left,
            top,
            width,
            height);
    }
}
