using Vsr.Interop.Cuda;
using Vsr.Interop.Nvcuvid;

namespace Vsr.Cli.Doctor;

/// <summary>The GPU's video decoder engines.</summary>
internal sealed record NvdecFindings(IReadOnlyList<string> Codecs, int Engines, string? Problem)
{
    public static NvdecFindings Collect()
    {
        try
        {
            IReadOnlyList<NvdecCapabilities> found = NvdecCapabilities.Query(0, out string? problem);
            return new(
                found.Select(c => $"{c.Codec} {c.BitDepth} bit to {c.LargestWidth}x{c.LargestHeight}").ToList(),
                found.Select(c => c.Engines).DefaultIfEmpty(0).Max(),
                problem);
        }
        catch (Exception failure) when (failure is CudaDriverException or EntryPointNotFoundException)
        {
            return new([], 0, failure.Message);
        }
    }
}
