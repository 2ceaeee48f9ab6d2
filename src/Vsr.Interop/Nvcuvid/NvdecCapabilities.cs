using Vsr.Interop.Cuda;

namespace Vsr.Interop.Nvcuvid;

/// <summary>What the GPU's video decoder engines take of one kind of video, as cuvidGetDecoderCaps says.</summary>
/// <param name="Codec">The codec's name as FFmpeg writes it.</param>
/// <param name="Chroma">1 for 4:2:0, 3 for 4:4:4.</param>
/// <param name="BitDepth">Bits a sample.</param>
/// <param name="Engines">The number of engines.</param>
/// <param name="SmallestWidth">In pixels of the coded picture.</param>
/// <param name="SmallestHeight">In pixels of the coded picture.</param>
/// <param name="LargestWidth">In pixels of the coded picture.</param>
/// <param name="LargestHeight">In pixels of the coded picture.</param>
/// <param name="MostBlocks">Most macroblocks of 16x16 in a picture.</param>
/// <param name="SurfaceFormats">A bit for each output format.</param>
internal sealed unsafe record NvdecCapabilities(
    string Codec,
    int Chroma,
    int BitDepth,
    int Engines,
    int SmallestWidth,
    int SmallestHeight,
    int LargestWidth,
    int LargestHeight,
    long MostBlocks,
    int SurfaceFormats)
{
    private static readonly (string Name, int Bits)[] Asked =
    [
        ("h264", 8), ("hevc", 8), ("hevc", 10), ("vp9", 8), ("vp9", 10), ("av1", 8), ("av1", 10),
    ];

    /// <summary>NVIDIA's number of a codec by FFmpeg's name of it; null where it is none of those that are read.</summary>
    public static int? CodecNumber(string name) => name switch
    {
        "h264" => CuvidConstants.CodecH264,
        "hevc" => CuvidConstants.CodecHevc,
        "vp8" => CuvidConstants.CodecVp8,
        "vp9" => CuvidConstants.CodecVp9,
        "av1" => CuvidConstants.CodecAv1,
        _ => null,
    };

    /// <summary>Asks the driver for every codec that matters in 4:2:0; empty, with the reason, when there is no decoder.</summary>
    public static IReadOnlyList<NvdecCapabilities> Query(int deviceIndex, out string? problem)
    {
        problem = CudaDriver.Instance.Problem ?? NvcuvidLibrary.Instance.Problem;
        if (problem is not null)
        {
            return [];
        }

        CudaDriver.Instance.EnsureContext(deviceIndex);
        List<NvdecCapabilities> found = [];
        foreach ((string name, int bits) in Asked)
        {
            if (Ask(name, CuvidConstants.Chroma420, bits) is { } capabilities)
            {
                found.Add(capabilities);
            }
        }

        problem = found.Count == 0 ? "the GPU's decoder takes none of h264, hevc, vp9 and av1" : null;
        return found;
    }

    /// <summary>Asks for one kind of video on the current context's device; null where it is not decoded.</summary>
    public static NvdecCapabilities? Ask(string codec, int chroma, int bitDepth)
    {
        if (CodecNumber(codec) is not int number || bitDepth < 8)
        {
            return null;
        }

        CuvidCapabilities caps = default;
        caps.Codec = number;
        caps.Chroma = chroma;
        caps.BitDepthMinus8 = (uint)(bitDepth - 8);
        return NvcuvidLibrary.Instance.GetDecoderCaps(&caps) != 0 || caps.IsSupported == 0
            ? null
            : new NvdecCapabilities(codec, chroma, bitDepth, caps.NumNvdecs, caps.MinWidth, caps.MinHeight,
                (int)caps.MaxWidth, (int)caps.MaxHeight, caps.MaxMBCount, caps.OutputFormatMask);
    }
}
