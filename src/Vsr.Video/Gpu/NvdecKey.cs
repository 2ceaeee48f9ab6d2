using Vsr.Interop.Nvcuvid;

namespace Vsr.Video;

/// <summary>Everything about a video that a decoder is created for and cannot be reconfigured to: another key, another decoder.</summary>
/// <param name="Codec">FFmpeg's name of the codec.</param>
/// <param name="Chroma">NVIDIA's number: 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4.</param>
/// <param name="BitDepth">Bits a sample, of luma and chroma alike.</param>
internal readonly record struct NvdecKey(string Codec, int Chroma, int BitDepth)
{
    private const int Chroma422 = 2;

    /// <summary>How the decoded pictures lie in memory.</summary>
    public SurfaceFormat Format => (Chroma == CuvidConstants.Chroma444, BitDepth > 8) switch
    {
        (false, false) => SurfaceFormat.Nv12,
        (false, true) => SurfaceFormat.P016,
        (true, false) => SurfaceFormat.Yuv444,
        (true, true) => SurfaceFormat.Yuv444P16,
    };

    /// <summary>The chroma format as it is written: "4:2:0".</summary>
    public string ChromaName => Chroma switch
    {
        CuvidConstants.Chroma444 => "4:4:4",
        Chroma422 => "4:2:2",
        _ => "4:2:0",
    };

    /// <summary>The key of a stream; null where its pixel format is none that surfaces have.</summary>
    public static NvdecKey? Of(VideoStreamInfo stream)
    {
        if (stream.PixelFormat is not { IsRgb: false, HasAlpha: false, HasPalette: false, IsFloat: false } format
            || format.Components.Count != 3)
        {
            return null;
        }

        return (format.ChromaShiftX, format.ChromaShiftY) switch
        {
            (1, 1) => new NvdecKey(stream.Codec, CuvidConstants.Chroma420, format.BitDepth),
            (1, 0) => new NvdecKey(stream.Codec, Chroma422, format.BitDepth),
            (0, 0) => new NvdecKey(stream.Codec, CuvidConstants.Chroma444, format.BitDepth),
            _ => null,
        };
    }

    /// <summary>The key in words: "hevc 4:2:0 10 bit".</summary>
    public override string ToString() => $"{Codec} {ChromaName} {BitDepth} bit";
}
