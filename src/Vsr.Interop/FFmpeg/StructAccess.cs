using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>Reaches a field of a C struct at the offset that the loaded release has for it.</summary>
internal static unsafe class StructAccess
{
    private static readonly FFmpegOffsets Offsets = FFmpegLibrary.Instance.Offsets;

    public static ref T Field<T>(ref byte start, StructFieldId field)
        where T : unmanaged =>
        ref *(T*)Address(ref start, field);

    public static void* Address(ref byte start, StructFieldId field)
    {
        int offset = Offsets[field];
        Debug.Assert(offset >= 0, $"{field} does not exist in this release");
        return (byte*)Unsafe.AsPointer(ref start) + offset;
    }
}
