using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

// Structs with the same layout in all supported releases, and those that are only passed on by pointer.

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVBufferRef
{
    public void* Buffer;
    public byte* Data;
    public nuint Size;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVPacketSideData
{
    public byte* Data;
    public nuint Size;
    public int Type;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AVIndexEntry
{
    public long Pos;
    public long Timestamp;
    private readonly int _flagsAndSize;        // two bits, then thirty
    public int MinDistance;

    public readonly int Size => _flagsAndSize >> 2;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVFrameSideData
{
    public int Type;
    public byte* Data;
    public nuint Size;
    public AVDictionary* Metadata;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVDictionaryEntry
{
    public byte* Key;
    public byte* Value;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVChannelLayout
{
    public int Order;
    public int NbChannels;
    public ulong Mask;
    public void* Opaque;
}

[StructLayout(LayoutKind.Sequential)]
internal struct AVComponentDescriptor
{
    public int Plane;
    public int Step;
    public int Offset;
    public int Shift;
    public int Depth;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVPixFmtDescriptor
{
    public byte* Name;
    public byte NbComponents;
    public byte Log2ChromaW;
    public byte Log2ChromaH;
    public ulong Flags;
    public AVComponentDescriptor Comp0;
    public AVComponentDescriptor Comp1;
    public AVComponentDescriptor Comp2;
    public AVComponentDescriptor Comp3;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVCodec
{
    public byte* Name;
    public byte* LongName;
    public int Type;
    public int Id;
    public int Capabilities;
    public byte MaxLowres;
    public AVRational* SupportedFramerates;
    public int* PixFmts;
    public int* SupportedSamplerates;
    public int* SampleFmts;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVCodecDescriptor
{
    public int Id;
    public int Type;
    public byte* Name;
    public byte* LongName;
    public int Props;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVOutputFormat
{
    public byte* Name;
    public byte* LongName;
    public byte* MimeType;
    public byte* Extensions;
    public int AudioCodec;
    public int VideoCodec;
    public int SubtitleCodec;
    public int Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVInputFormat
{
    public byte* Name;
    public byte* LongName;
    public int Flags;
    public byte* Extensions;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVBSFContext
{
    public void* Class;
    public void* Filter;
    public void* PrivData;
    public AVCodecParameters* ParIn;
    public AVCodecParameters* ParOut;
    public AVRational TimeBaseIn;
    public AVRational TimeBaseOut;
}

internal struct AVBitStreamFilter;

internal struct AVDictionary;

internal struct AVIOContext;

internal struct SwsContext;
