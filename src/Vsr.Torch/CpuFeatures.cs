using System.Runtime.Intrinsics.X86;

namespace Vsr.Torch;

/// <summary>What this machine's processor computes fast.</summary>
/// <remarks>Less where ONEDNN_MAX_CPU_ISA keeps libtorch's convolutions from its newer instructions: without them they refuse to be packed in bfloat16.</remarks>
public static class CpuFeatures
{
    private const int AmxBf16 = 1 << 22;        // leaf 7, subleaf 0, edx
    private const int AmxTile = 1 << 24;
    private const int Avx512Bf16 = 1 << 5;      // leaf 7, subleaf 1, eax

    // names of oneDNN's instruction sets; those of FP16 and AVX10 hold bfloat16 too
    private static readonly string[] WithAmx = ["AMX", "ALL", "DEFAULT"];
    private static readonly string[] WithBf16 = [.. WithAmx, "BF16", "FP16", "AVX10"];

    private static readonly string? Limit =
        Environment.GetEnvironmentVariable("ONEDNN_MAX_CPU_ISA") ?? Environment.GetEnvironmentVariable("DNNL_MAX_CPU_ISA");

    /// <summary>Whether it multiplies bfloat16 matrices (AMX), several times faster than float32.</summary>
    public static bool HasAmx { get; } =
        AllowsAmx(Limit) && X86Base.IsSupported && Avx512BW.IsSupported && HasAll(X86Base.CpuId(7, 0).Edx, AmxBf16 | AmxTile);

    /// <summary>Whether it has instructions for bfloat16: AMX, or AVX512_BF16, which halves the time of the recurrent networks. Without them bfloat16 is slower than float32.</summary>
    public static bool HasBf16 { get; } =
        HasAmx || (AllowsBf16(Limit) && X86Base.IsSupported && Avx512BW.IsSupported && HasAll(X86Base.CpuId(7, 1).Eax, Avx512Bf16));

    internal static bool AllowsAmx(string? limit) => Allows(limit, WithAmx);

    internal static bool AllowsBf16(string? limit) => Allows(limit, WithBf16);

    private static bool Allows(string? limit, string[] names) =>
        string.IsNullOrEmpty(limit) || names.Any(name => limit.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static bool HasAll(int register, int bits) => (register & bits) == bits;
}
