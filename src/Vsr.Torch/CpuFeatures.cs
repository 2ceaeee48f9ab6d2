using System.Runtime.Intrinsics.X86;

namespace Vsr.Torch;

/// <summary>What this machine's processor computes fast.</summary>
public static class CpuFeatures
{
    private const int AmxBf16 = 1 << 22;        // leaf 7, subleaf 0, edx
    private const int AmxTile = 1 << 24;
    private const int Avx512Bf16 = 1 << 5;      // leaf 7, subleaf 1, eax

    /// <summary>Whether it multiplies bfloat16 matrices (AMX), several times faster than float32.</summary>
    public static bool HasAmx { get; } = X86Base.IsSupported && Avx512BW.IsSupported && HasAll(X86Base.CpuId(7, 0).Edx, AmxBf16 | AmxTile);

    /// <summary>Whether it has instructions for bfloat16 (AMX or AVX-512); without them bfloat16 is slower than float32.</summary>
    public static bool HasBf16 { get; } =
        HasAmx || (X86Base.IsSupported && Avx512BW.IsSupported && HasAll(X86Base.CpuId(7, 1).Eax, Avx512Bf16));

    private static bool HasAll(int register, int bits) => (register & bits) == bits;
}
