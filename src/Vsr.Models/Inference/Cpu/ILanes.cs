using System.Runtime.Intrinsics;

namespace Vsr.Models.Cpu;

/// <summary>How vectors of float32 are loaded from memory and stored to it.</summary>
/// <typeparam name="T">What a value is in memory.</typeparam>
internal unsafe interface ILanes<T>
    where T : unmanaged
{
    /// <summary>Four values.</summary>
    static abstract Vector128<float> Load4(T* source);

    /// <summary>Eight values.</summary>
    static abstract Vector256<float> Load8(T* source);

    /// <summary>Eight values, rounded to the nearest; they are no NaN.</summary>
    static abstract void Store8(Vector256<float> values, T* target);

    /// <summary>One value.</summary>
    static abstract float Load(T source);

    /// <summary>One value, rounded as by <see cref="Store8"/>.</summary>
    static abstract T Round(float value);
}
