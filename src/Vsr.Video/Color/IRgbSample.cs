using System.Runtime.Intrinsics;

namespace Vsr.Video;

/// <summary>A type of RGB sample: its full scale and how eight of them are rounded and stored.</summary>
/// <typeparam name="T">byte, ushort or float.</typeparam>
internal interface IRgbSample<T>
    where T : unmanaged
{
    /// <summary>The value of full scale: 255, 65535 or 1.</summary>
    static abstract float Maximum { get; }

    /// <summary>Stores eight values that lie in 0..<see cref="Maximum"/>, rounded to nearest, halves up.</summary>
    static abstract void Store(Vector256<float> values, ref T target);
}
