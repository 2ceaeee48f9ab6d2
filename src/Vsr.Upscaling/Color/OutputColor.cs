using Vsr.Video;

namespace Vsr.Upscaling.Color;

/// <summary>The colour tags of the output, and which inputs are refused for theirs.</summary>
internal static class OutputColor
{
    /// <summary>Refuses high dynamic range: the networks know no PQ and no HLG.</summary>
    /// <exception cref="VsrException">The transfer function is PQ or HLG.</exception>
    public static void RequireStandardRange(ColorDescription color, string path)
    {
        string? name = color.Transfer switch
        {
            "smpte2084" => "PQ",
            "arib-std-b67" => "HLG",
            _ => null,
        };
        if (name is not null)
        {
            throw new VsrException($"'{path}' is high dynamic range ({name}, {color.Transfer}), which is not upscaled yet")
            {
                Hint = "make a standard-range copy first, as with ffmpeg's zscale and tonemap filters",
            };
        }
    }

    /// <summary>The tags of the output: the input's, as far as they can stay.</summary>
    /// <param name="input">The input's tags.</param>
    /// <param name="source">The input's pixel format.</param>
    /// <param name="output">The output's pixel format.</param>
    /// <param name="inputHeight">The input's height in pixels.</param>
    /// <param name="outputHeight">The output's height in pixels.</param>
    /// <remarks>
    /// Two things change. A matrix that the input leaves unsaid is written where players would guess another one from the
    /// output's height (BT.601 below 720 lines, BT.709 from there on). RGB written as YUV gets a matrix, and range and
    /// matrix of the input's format name (yuvj420p) are written as tags.
    /// </remarks>
    public static ColorDescription For(
        ColorDescription input, PictureLayout source, PictureLayout output, int inputHeight, int outputHeight)
    {
        bool hasColors = source.IsRgb || source.HasPalette;
        if (output.IsRgb)
        {
            return input with { Matrix = "gbr", Range = "pc", ChromaLocation = null };
        }

        if (hasColors)
        {
            return input with { Matrix = YuvMatrix.DefaultName(outputHeight), Range = "tv", ChromaLocation = null };
        }

        string guess = YuvMatrix.DefaultName(inputHeight);
        bool isUnsaid = source.IsGray ? input.Matrix is null or "gbr" : input.Matrix is null;
        return input with
        {
            Matrix = !isUnsaid ? input.Matrix : guess == YuvMatrix.DefaultName(outputHeight) ? null : guess,
            Range = source.IsFullRangeByName || (source.IsGray && input.Range != "tv") ? "pc" : input.Range,
        };
    }
}
