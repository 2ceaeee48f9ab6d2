using Vsr.Interop.Nvcuvid;

namespace Vsr.Video;

/// <summary>Says why an engine cannot decode a stream, or why its frames may not be those of software.</summary>
internal static class NvdecSupport
{
    private const int BlockSize = 16;

    /// <summary>Why a stream cannot be decoded at all; null when it can.</summary>
    /// <param name="stream">What the headers say.</param>
    /// <param name="index">Its index; null where it has not been made.</param>
    /// <param name="ask">What the engines take of one kind of video.</param>
    public static string? WhyNot(VideoStreamInfo stream, FrameIndex? index, Func<NvdecKey, NvdecCapabilities?> ask)
    {
        if (NvdecCapabilities.CodecNumber(stream.Codec) is null)
        {
            return $"the codec '{stream.Codec}' is not decoded on the GPU, only h264, hevc, vp8, vp9 and av1 are";
        }

        if (NvdecKey.Of(stream) is not { } key)
        {
            return $"the pixel format {stream.PixelFormat?.Name ?? "unknown"} has no counterpart on the GPU";
        }

        if (index is not null && WhyIndexIsNot(index) is { } reason)
        {
            return reason;
        }

        return ask(key) is not { } engine ? $"the GPU's engine does not decode {key}"
            : (engine.SurfaceFormats & (1 << (int)key.Format)) == 0 ? $"the GPU's engine does not put out {key.Format} for {key}"
            : WhySizeIsNot(stream, key, engine);
    }

    /// <summary>Why a file cannot be decoded whatever the engine; null when nothing in its index stands against it.</summary>
    public static string? WhyIndexIsNot(FrameIndex index) =>
        index.MustCount ? "the file does not tell which packet each frame comes from" : null;

    /// <summary>Why the frames may differ from software's; null where both are exact.</summary>
    public static string? WhyInexact(FrameIndex index) =>
        index.Warnings.Count > 0 ? "the file is damaged, and decoders make up for missing data each in its own way"
        : index.IsDecoded ? "the file's packets do not tell its frames, so that they are verified in software"
        : null;

    private static string? WhySizeIsNot(VideoStreamInfo stream, NvdecKey key, NvdecCapabilities engine)
    {
        int width = Coded(stream.Width);
        int height = Coded(stream.Height);
        if (stream.Width < engine.SmallestWidth || stream.Height < engine.SmallestHeight)
        {
            return $"{stream.Width}x{stream.Height} is below the {engine.SmallestWidth}x{engine.SmallestHeight} that the GPU's "
                + $"engine decodes of {key}";
        }

        long blocks = (long)width * height / (BlockSize * BlockSize);
        return width > engine.LargestWidth || height > engine.LargestHeight || blocks > engine.MostBlocks
            ? $"{stream.Width}x{stream.Height} is above the {engine.LargestWidth}x{engine.LargestHeight} and "
                + $"{engine.MostBlocks} macroblocks that the GPU's engine decodes of {key}"
            : null;
    }

    private static int Coded(int size) => (size + BlockSize - 1) / BlockSize * BlockSize;
}
