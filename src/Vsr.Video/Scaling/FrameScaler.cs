using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Brings frames to another size and pixel format by libswscale; matrix, range and place of chroma are kept.</summary>
/// <remarks>
/// Made for frames of one size, format and colour description. YUV stays in its matrix and range; RGB becomes limited-range YUV of
/// the matrix that the output's height suggests. One thread at a time; the caller disposes it and the frames it gives.
/// </remarks>
internal sealed unsafe class FrameScaler : IDisposable
{
    private const int FullChromaInput = 0x4000;                                 // SWS_FULL_CHR_H_INP
    private const int One = 1 << 16;                                            // contrast and saturation as they are
    private readonly PixelFormat _target;
    private readonly int _width;
    private readonly int _height;
    private SwsContext* _context;

    /// <summary>Sets the conversion up.</summary>
    /// <param name="like">A frame of the size, format and colours of those to come.</param>
    /// <param name="pixelFormat">FFmpeg's name of the output's format: "yuv420p".</param>
    /// <param name="width">The output's width in pixels.</param>
    /// <param name="height">The output's height in pixels.</param>
    /// <param name="filter">How sizes are changed.</param>
    /// <param name="centerChroma">Whether the output's chroma lies in the middle of its luma, and not where the input's does.</param>
    /// <exception cref="VsrException">libswscale cannot read or write a format.</exception>
    public FrameScaler(
        VideoFrame like, string pixelFormat, int width, int height, ScalingFilter filter, bool centerChroma = false)
    {
        Source = (like.Format, like.Width, like.Height, like.Color);
        _target = PixelFormat.FromName(pixelFormat);
        _width = width;
        _height = height;
        Color = ColorOf(like, _target, height, centerChroma);
        _context = LibSwScale.sws_alloc_context();
        try
        {
            Open(like, filter);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What frames this scaler takes.</summary>
    public (PixelFormat Format, int Width, int Height, ColorDescription Color) Source { get; }

    /// <summary>What the frames that come out say about their colours; matrix and range are always said.</summary>
    public ColorDescription Color { get; }

    /// <summary>Whether a frame is of the size, format and colours that this scaler was made for.</summary>
    public bool Fits(VideoFrame frame) => Source.Equals((frame.Format, frame.Width, frame.Height, frame.Color));

    /// <summary>Gives the frame in the new size and format; its number is kept.</summary>
    public VideoFrame Scale(VideoFrame frame)
    {
        ObjectDisposedException.ThrowIf(_context is null, this);
        VideoFrame result = VideoFrame.Allocate(_target, _width, _height, frame.Index, Color);
        AVFrame* source = frame.Native;
        AVFrame* target = result.Native;
        int rows = LibSwScale.sws_scale(_context, source->Data, source->Linesize, 0, frame.Height, target->Data, target->Linesize);
        GC.KeepAlive(frame);
        if (rows != _height)
        {
            result.Dispose();
            throw new VsrException($"a frame of {frame.Width}x{frame.Height} {frame.Format} is not scaled to {_width}x{_height} {_target}");
        }

        return result;
    }

    /// <summary>Frees libswscale's context.</summary>
    public void Dispose()
    {
        LibSwScale.sws_freeContext(_context);
        _context = null;
    }

    private static ColorDescription ColorOf(VideoFrame like, PixelFormat target, int height, bool centerChroma)
    {
        ColorDescription color = like.Color;
        bool fromRgb = like.Format.IsRgb || like.Format.HasPalette;
        bool isFull = color.Range == "pc" || like.Format.Name.StartsWith("yuvj", StringComparison.Ordinal);
        bool hasChroma = target.ChromaShiftX + target.ChromaShiftY > 0;
        return color with
        {
            Matrix = fromRgb ? YuvMatrix.DefaultName(height) : color.Matrix ?? YuvMatrix.DefaultName(like.Height),
            Range = !fromRgb && isFull ? "pc" : "tv",
            ChromaLocation = !hasChroma ? null : centerChroma ? "center" : color.ChromaLocation,
        };
    }

    private void Open(VideoFrame like, ScalingFilter filter)
    {
        bool fromRgb = like.Format.IsRgb || like.Format.HasPalette;
        if (LibSwScale.sws_isSupportedInput(like.Format.Id) == 0 || LibSwScale.sws_isSupportedOutput(_target.Id) == 0)
        {
            throw new VsrException($"pixel format '{like.Format}' cannot be scaled to '{_target}'; convert the file first");
        }

        int range = fromRgb || Color.Range == "pc" ? 1 : 0;
        int targetRange = Color.Range == "pc" ? 1 : 0;
        Set("srcw", like.Width);
        Set("srch", like.Height);
        Set("src_format", like.Format.Id);
        Set("dstw", _width);
        Set("dsth", _height);
        Set("dst_format", _target.Id);
        Set("src_range", range);
        Set("dst_range", targetRange);
        Set("sws_flags", Flags(filter));
        SetSiting("src", like.Format, ChromaSiting.FromName(like.Color.ChromaLocation));
        SetSiting("dst", _target, ChromaSiting.FromName(Color.ChromaLocation));
        int* table = LibSwScale.sws_getCoefficients(CoefficientsOf(Color.Matrix));
        int code = LibSwScale.sws_setColorspaceDetails(_context, table, range, table, targetRange, 0, One, One);
        code = LibSwScale.sws_init_context(_context, null, null);
        if (code < 0)
        {
            throw new VsrException($"frames of {like.Width}x{like.Height} {like.Format} cannot be scaled to {_width}x{_height} "
                + $"{_target}: {FFmpegError.Describe(code)}");
        }
    }

    // libswscale counts in 1/256 of a luma pixel and takes the middle where nothing is said.
    private void SetSiting(string side, PixelFormat format, ChromaSiting siting)
    {
        Set($"{side}_h_chr_pos", (int)(256 * siting.OffsetX(1 << format.ChromaShiftX)));
        Set($"{side}_v_chr_pos", (int)(256 * siting.OffsetY(1 << format.ChromaShiftY)));
    }

    private void Set(string name, long value)
    {
        int code = LibAvUtil.av_opt_set_int(_context, name, value, 0);
        if (code < 0)
        {
            throw new VsrException($"libswscale refuses {name} = {value}: {FFmpegError.Describe(code)}");
        }
    }

    private static int Flags(ScalingFilter filter) => FFmpegConstants.SwsFullChromaInterpolation | FullChromaInput
        | FFmpegConstants.SwsAccurateRounding | FFmpegConstants.SwsBitExact | filter switch
        {
            ScalingFilter.Bilinear => FFmpegConstants.SwsBilinear,
            ScalingFilter.Bicubic => FFmpegConstants.SwsBicubic,
            ScalingFilter.Lanczos => FFmpegConstants.SwsLanczos,
            _ => FFmpegConstants.SwsArea,
        };

    // SWS_CS_*: the numbers of H.273's MatrixCoefficients
    private static int CoefficientsOf(string? matrix) => matrix switch
    {
        "bt709" => 1,
        "fcc" => 4,
        "smpte240m" => 7,
        "bt2020nc" or "bt2020c" => 9,
        _ => 5,
    };
}
