using System.Runtime.Intrinsics.X86;

namespace Vsr.Data;

/// <summary>What libx264 has to be told so that the same frames become the same bytes, in every process and on every x86 processor.</summary>
/// <remarks>
/// The AVX-512 code of libx264 0.164 (Debian 12) weighs blocks by their use in later frames with memory that nobody has written, so
/// quantisers vary from run to run by a step or so. Its code for AVX2 and that in plain C have one result. One thread, since where threads
/// meet, motion is searched less far.
/// </remarks>
internal static class RepeatableX264
{
    /// <summary>Threads of the encoder.</summary>
    public const int Threads = 1;

    /// <summary>The encoder's private options, with some of x264's own.</summary>
    public static IReadOnlyDictionary<string, string> Options(string parameters = "")
    {
        string all = string.Join(':', new[] { Avx2.IsSupported ? "asm=AVX2" : "", parameters }.Where(part => part.Length > 0));
        return all.Length > 0 ? new Dictionary<string, string> { ["x264-params"] = all } : new();
    }
}
