using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vsr.Models.Cpu;

/// <summary>Values that lie in memory as bfloat16, the upper halves of float32; rounded with ties to even.</summary>
internal readonly unsafe struct Bfloat16Lanes : ILanes<ushort>
{
    private const int Bits = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load4(ushort* source)
    {
        Vector128<ushort> packed = Vector128.CreateScalarUnsafe(*(ulong*)source).AsUInt16();
        return (Vector128.WidenLower(packed) << Bits).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load8(ushort* source) =>
        (Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe()) << Bits).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store8(Vector256<float> values, ushort* target)
    {
        Vector256<uint> bits = values.AsUInt32();
        Vector256<uint> rounded = (bits + Vector256.Create(0x7FFFu) + ((bits >> Bits) & Vector256<uint>.One)) >> Bits;
        Vector256.Narrow(rounded, rounded).GetLower().Store(target);
    }

    public static float Load(ushort source) => BitConverter.UInt32BitsToSingle((uint)source << Bits);

    public static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7FFF + ((bits >> Bits) & 1)) >> Bits);
    }
}
