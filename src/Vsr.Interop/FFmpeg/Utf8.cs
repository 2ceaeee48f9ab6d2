using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>FFmpeg's strings: UTF-8, ended by a zero byte, owned by FFmpeg.</summary>
internal static unsafe class Utf8
{
    /// <summary>The text, or null for a null pointer.</summary>
    public static string? ToText(byte* text) => Marshal.PtrToStringUTF8((nint)text);
}
