using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vsr.Video;

/// <summary>The three types of RGB sample.</summary>
internal static class RgbSamples
{
    /// <summary>8 bits, 0..255.</summary>
    internal readonly struct Byte : IRgbSample<byte>
    {
        public static float Maximum => byte.MaxValue;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector256<float> values, ref byte target)
        {
            Vector256<uint> whole = Vector256.ConvertToInt32Native(values + Vector256.Create(0.5f)).AsUInt32();
            Vector128<ushort> words = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
            Unsafe.WriteUnaligned(ref target, Vector128.Narrow(words, words).AsUInt64().ToScalar());
        }
    }

    /// <summary>16 bits, 0..65535.</summary>
    internal readonly struct Word : IRgbSample<ushort>
    {
        public static float Maximum => ushort.MaxValue;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector256<float> values, ref ushort target)
        {
            Vector256<uint> whole = Vector256.ConvertToInt32Native(values + Vector256.Create(0.5f)).AsUInt32();
            Vector128.Narrow(whole.GetLower(), whole.GetUpper()).StoreUnsafe(ref target);
        }
    }

    /// <summary>Floats, 0..1, not rounded.</summary>
    internal readonly struct Single : IRgbSample<float>
    {
        public static float Maximum => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector256<float> values, ref float target) => values.StoreUnsafe(ref target);
    }
}
