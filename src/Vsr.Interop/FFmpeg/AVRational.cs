using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>A fraction as FFmpeg passes it by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AVRational(int numerator, int denominator)
{
    public int Numerator = numerator;
    public int Denominator = denominator;
}
