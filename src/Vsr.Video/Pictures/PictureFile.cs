using System.Globalization;

namespace Vsr.Video;

/// <summary>Reads and writes pictures, .png and .jpg, of 8 and 16 bits, by FFmpeg's codecs.</summary>
/// <remarks>
/// Reading knows a file by its first bytes, not by its name. A JPEG is full-range BT.601 with centred chroma; its Exif
/// orientation is not applied. PNG's gamma and profile chunks are not applied.
/// </remarks>
public static class PictureFile
{
    // FFmpeg's scale of mjpeg quality is 1 (best) to 31.
    private const string JpegQuality = "2";

    /// <summary>True when the name ends in .png, .jpg or .jpeg.</summary>
    public static bool HasPictureExtension(string path)
    {
        string extension = Path.GetExtension(path);
        return extension.Equals(".png", StringComparison.OrdinalIgnoreCase) || IsJpeg(extension);
    }

    /// <summary>Decodes a picture to a frame in the decoder's own pixel format; the caller disposes it.</summary>
    /// <exception cref="VideoFormatException">The file is no .png or .jpg, or is damaged.</exception>
    /// <exception cref="VsrException">The file cannot be read.</exception>
    public static VideoFrame Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return PictureDecoder.Decode(path);
    }

    /// <summary>Decodes a picture to RGB: 16 bits where the file has more than 8, else 8. Palettes are looked up, alpha is dropped.</summary>
    /// <exception cref="VideoFormatException">The file is no .png or .jpg, or is damaged.</exception>
    /// <exception cref="VsrException">The file cannot be read.</exception>
    public static RgbImage ReadRgb(string path)
    {
        using VideoFrame frame = Read(path);
        return RgbConverter.ToImage(frame);
    }

    /// <summary>Writes a picture under a hidden name and renames it, replacing a file of that name.</summary>
    /// <param name="path">Ends in .png (8 or 16 bits, lossless) or .jpg (8 bits, 4:4:4, high quality).</param>
    /// <param name="image">The picture.</param>
    /// <exception cref="ArgumentException">Another extension.</exception>
    /// <exception cref="VsrException">The file cannot be written.</exception>
    public static void Write(string path, RgbImage image) => Write(path, image, quality: null);

    /// <summary>Writes a picture under a hidden name and renames it, replacing a file of that name.</summary>
    /// <param name="path">Ends in .png (8 or 16 bits, lossless) or .jpg (8 bits, 4:4:4).</param>
    /// <param name="image">The picture.</param>
    /// <param name="quality">
    /// FFmpeg's scale of a .jpg, 1 (best) to 31; how hard a .png is compressed, 0 to 9. Null for high quality, and the encoder's own.
    /// </param>
    /// <exception cref="ArgumentException">Another extension.</exception>
    /// <exception cref="VsrException">The file cannot be written.</exception>
    internal static void Write(string path, RgbImage image, int? quality)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(image);
        if (!HasPictureExtension(path))
        {
            throw new ArgumentException($"'{path}' is no picture's name; end it in .png or .jpg", nameof(path));
        }

        TemporaryFile.RequireFree(path, overwrite: true);
        TemporaryFile.WriteWhole(path, Encode(path, image, quality));
    }

    /// <summary>A picture as the bytes of a .png file, of 8 or 16 bits as the picture.</summary>
    /// <exception cref="VsrException">The encoder is missing or fails.</exception>
    public static byte[] EncodePng(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Encode(".png", image, quality: null);
    }

    private static byte[] Encode(string path, RgbImage image, int? quality)
    {
        VideoWriterOptions options = new()
        {
            Width = image.Width,
            Height = image.Height,
            Codec = "png",
            PixelFormat = image.BitDepth == 8 ? "rgb24" : "rgb48be",
            Threads = 1,
        };
        string? level = quality?.ToString(CultureInfo.InvariantCulture);
        if (IsJpeg(Path.GetExtension(path)))
        {
            level ??= JpegQuality;
            options = options with
            {
                Codec = "mjpeg",
                PixelFormat = "yuvj444p",
                Color = new ColorDescription("bt470bg", "pc", null, null, "center"),
                EncoderOptions = new Dictionary<string, string> { ["qmin"] = level, ["qmax"] = level },
            };
        }
        else if (level is not null)
        {
            options = options with { EncoderOptions = new Dictionary<string, string> { ["compression_level"] = level } };
        }

        return PictureEncoder.Encode(image, options);
    }

    private static bool IsJpeg(string extension) => extension.Equals(".jpg", StringComparison.OrdinalIgnoreCase)
        || extension.Equals(".jpeg", StringComparison.OrdinalIgnoreCase);
}
