using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vsr.Models.Cpu;

/// <summary>Values that lie in memory as they are.</summary>
internal readonly unsafe struct Float32Lanes : ILanes<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load4(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load8(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store8(Vector256<float> values, float* target) => values.Store(target);

    public static float Load(float source) => source;

    public static float Round(float value) => value;
}
