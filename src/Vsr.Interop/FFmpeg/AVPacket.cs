using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>A coded picture or a stretch of coded sound; the same layout in all supported releases.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVPacket
{
    public AVBufferRef* Buf;
    public long Pts;
    public long Dts;
    public byte* Data;
    public int Size;
    public int StreamIndex;
    public int Flags;
    public AVPacketSideData* SideData;
    public int SideDataElems;
    public long Duration;
    public long Pos;
    public void* Opaque;
    public AVBufferRef* OpaqueRef;
    public AVRational TimeBase;
}
