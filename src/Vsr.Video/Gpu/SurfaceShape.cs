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
    /// <summary>Width of the surface: even, as engines put out. What is beyond the shown picture is coded padding.</summary>
    public int TargetWidth => Width + (Width & 1);

    /// <summary>Height of the surface: even, as engines put out.</summary>
    public int TargetHeight => Height + (Height & 1);

    /// <summary>The part of the coded picture that becomes the surface: of the surface's size, as nothing is to be scaled.</summary>
    public CuvidRectangle DisplayArea => new()
    {
        Left = (short)Left,
        Top = (short)Top,
        Right = (short)(Left + TargetWidth),
        Bottom = (short)(Top + TargetHeight),
    };

    public static SurfaceShape Of(in CuvidFormat format)
    {
        int width = format.DisplayRight - format.DisplayLeft;
        int height = format.DisplayBottom - format.DisplayTop;
        return new SurfaceShape(
            Math.Max((int)format.CodedWidth, format.DisplayLeft + width + (width & 1)),
            Math.Max((int)format.CodedHeight, format.DisplayTop + height + (height & 1)),
            format.DisplayLeft,
            format.DisplayTop,
            width,
            height);
    }
}
