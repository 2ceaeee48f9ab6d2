using System.Runtime.InteropServices;

namespace Vsr.Interop.Cuda;

/// <summary>What the GPU's video decoder engines take, as cuvidGetDecoderCaps says (ffnvcodec's cuviddec.h).</summary>
/// <param name="Codec">The codec's name as FFmpeg writes it.</param>
/// <param name="BitDepth">Bits a sample, 4:2:0.</param>
/// <param name="Engines">The number of engines.</param>
/// <param name="LargestWidth">In pixels.</param>
/// <param name="LargestHeight">In pixels.</param>
internal sealed unsafe record NvdecCapabilities(string Codec, int BitDepth, int Engines, int LargestWidth, int LargestHeight)
{
    private const int StructBytes = 88;
    private const int Chroma420 = 1;
    private static readonly (string Name, int Id, int Bits)[] Asked =
    [
        ("h264", 4, 8), ("hevc", 8, 8), ("hevc", 8, 10), ("vp9", 10, 8), ("vp9", 10, 10), ("av1", 11, 8), ("av1", 11, 10),
    ];

    /// <summary>Asks the driver for every codec that matters; empty, with the reason, when there is no decoder.</summary>
    public static IReadOnlyList<NvdecCapabilities> Query(int deviceIndex, out string? problem)
    {
        problem = CudaDriver.Instance.Problem;
        if (problem is not null)
        {
            return [];
        }

        if (!NativeLibrary.TryLoad("libnvcuvid.so.1", out nint library) ||
            !NativeLibrary.TryGetExport(library, "cuvidGetDecoderCaps", out nint function))
        {
            problem = "the driver's libnvcuvid.so.1 was not found";
            return [];
        }

        CudaDriver.Instance.EnsureContext(deviceIndex);
        List<NvdecCapabilities> found = [];
        foreach ((string name, int id, int bits) in Asked)
        {
            if (Ask((delegate* unmanaged<byte*, int>)function, name, id, bits) is { } capabilities)
            {
                found.Add(capabilities);
            }
        }

        problem = found.Count == 0 ? "the GPU's decoder takes none of h264, hevc, vp9 and av1" : null;
        return found;
    }

    // CUVIDDECODECAPS: codec 0, chroma 4, bit depth minus 8 8, supported 24 (u8), engines 25 (u8), width 28, height 32
    private static NvdecCapabilities? Ask(delegate* unmanaged<byte*, int> function, string name, int id, int bits)
    {
        byte* caps = stackalloc byte[StructBytes];
        new Span<byte>(caps, StructBytes).Clear();
        *(int*)caps = id;
        *(int*)(caps + 4) = Chroma420;
        *(int*)(caps + 8) = bits - 8;
        return function(caps) == 0 && caps[24] != 0
            ? new(name, bits, caps[25], *(int*)(caps + 28), *(int*)(caps + 32))
            : null;
    }
}
