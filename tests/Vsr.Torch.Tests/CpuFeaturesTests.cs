namespace Vsr.Torch.Tests;

/// <summary>What oneDNN was told not to use is not counted on.</summary>
public class CpuFeaturesTests
{
    [Theory]
    [InlineData(null, true, true)]
    [InlineData("", true, true)]
    [InlineData("ALL", true, true)]
    [InlineData("default", true, true)]
    [InlineData("AVX512_CORE_AMX", true, true)]
    [InlineData("AVX10_1_512_AMX_FP16", true, true)]
    [InlineData("AVX512_CORE_FP16", false, true)]
    [InlineData("AVX512_CORE_BF16", false, true)]
    [InlineData("AVX10_1_512", false, true)]
    [InlineData("AVX512_CORE", false, false)]
    [InlineData("AVX2_VNNI_2", false, false)]
    [InlineData("avx2", false, false)]
    [InlineData("SSE41", false, false)]
    public void TheLimitOfOneDnnIsKept(string? limit, bool amx, bool bf16) =>
        Assert.Equal((amx, bf16), (CpuFeatures.AllowsAmx(limit), CpuFeatures.AllowsBf16(limit)));
}
