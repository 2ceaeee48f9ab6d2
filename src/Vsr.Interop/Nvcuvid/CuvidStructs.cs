using System.Runtime.InteropServices;

namespace Vsr.Interop.Nvcuvid;

// The structs of cuviddec.h and nvcuvid.h (11.1) on a 64-bit Linux, where "unsigned long" has 8 bytes: the fields that
// are used, at their places, in structs of the full size. A test compares them with the headers.

/// <summary>CUVIDEOFORMAT: what the parser found in a sequence header.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct CuvidFormat
{
    [FieldOffset(0)] public int Codec;
    [FieldOffset(12)] public byte ProgressiveSequence;
    [FieldOffset(13)] public byte BitDepthLumaMinus8;
    [FieldOffset(14)] public byte BitDepthChromaMinus8;
    [FieldOffset(15)] public byte MinNumDecodeSurfaces;
    [FieldOffset(16)] public uint CodedWidth;
    [FieldOffset(20)] public uint CodedHeight;
    [FieldOffset(24)] public int DisplayLeft;
    [FieldOffset(28)] public int DisplayTop;
    [FieldOffset(32)] public int DisplayRight;
    [FieldOffset(36)] public int DisplayBottom;
    [FieldOffset(40)] public int Chroma;
}

/// <summary>CUVIDPARSERPARAMS.</summary>
[StructLayout(LayoutKind.Explicit, Size = 136)]
internal struct CuvidParserParameters
{
    [FieldOffset(0)] public int Codec;
    [FieldOffset(4)] public uint MaxNumDecodeSurfaces;
    [FieldOffset(8)] public uint ClockRate;
    [FieldOffset(12)] public uint ErrorThreshold;
    [FieldOffset(16)] public uint MaxDisplayDelay;
    [FieldOffset(40)] public nint UserData;
    [FieldOffset(48)] public nint SequenceCallback;
    [FieldOffset(56)] public nint DecodePicture;
    [FieldOffset(64)] public nint DisplayPicture;
    [FieldOffset(128)] public nint ExtVideoInfo;
}

/// <summary>CUVIDSOURCEDATAPACKET.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct CuvidPacket
{
    [FieldOffset(0)] public ulong Flags;
    [FieldOffset(8)] public ulong PayloadSize;
    [FieldOffset(16)] public nint Payload;
    [FieldOffset(24)] public long Timestamp;
}

/// <summary>CUVIDPARSERDISPINFO: a picture whose turn to be shown has come.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct CuvidDisplayInfo
{
    [FieldOffset(0)] public int PictureIndex;
    [FieldOffset(4)] public int ProgressiveFrame;
    [FieldOffset(8)] public int TopFieldFirst;
    [FieldOffset(12)] public int RepeatFirstField;
    [FieldOffset(16)] public long Timestamp;
}

/// <summary>CUVIDDECODECAPS.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct CuvidCapabilities
{
    [FieldOffset(0)] public int Codec;
    [FieldOffset(4)] public int Chroma;
    [FieldOffset(8)] public uint BitDepthMinus8;
    [FieldOffset(24)] public byte IsSupported;
    [FieldOffset(25)] public byte NumNvdecs;
    [FieldOffset(26)] public ushort OutputFormatMask;
    [FieldOffset(28)] public uint MaxWidth;
    [FieldOffset(32)] public uint MaxHeight;
    [FieldOffset(36)] public uint MaxMBCount;
    [FieldOffset(40)] public ushort MinWidth;
    [FieldOffset(42)] public ushort MinHeight;
}

/// <summary>CUVIDDECODECREATEINFO.</summary>
[StructLayout(LayoutKind.Explicit, Size = 176)]
internal struct CuvidCreateInfo
{
    [FieldOffset(0)] public ulong Width;
    [FieldOffset(8)] public ulong Height;
    [FieldOffset(16)] public ulong NumDecodeSurfaces;
    [FieldOffset(24)] public int Codec;
    [FieldOffset(28)] public int Chroma;
    [FieldOffset(32)] public ulong CreationFlags;
    [FieldOffset(40)] public ulong BitDepthMinus8;
    [FieldOffset(56)] public ulong MaxWidth;
    [FieldOffset(64)] public ulong MaxHeight;
    [FieldOffset(80)] public CuvidRectangle DisplayArea;
    [FieldOffset(88)] public int OutputFormat;
    [FieldOffset(92)] public int DeinterlaceMode;
    [FieldOffset(96)] public ulong TargetWidth;
    [FieldOffset(104)] public ulong TargetHeight;
    [FieldOffset(112)] public ulong NumOutputSurfaces;
    [FieldOffset(120)] public nint VidLock;
    [FieldOffset(128)] public CuvidRectangle TargetArea;
}

/// <summary>CUVIDRECONFIGUREDECODERINFO.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct CuvidReconfigureInfo
{
    [FieldOffset(0)] public uint Width;
    [FieldOffset(4)] public uint Height;
    [FieldOffset(8)] public uint TargetWidth;
    [FieldOffset(12)] public uint TargetHeight;
    [FieldOffset(16)] public uint NumDecodeSurfaces;
    [FieldOffset(68)] public CuvidRectangle DisplayArea;
    [FieldOffset(76)] public CuvidRectangle TargetArea;
}

/// <summary>The rectangles within other structs; right and bottom lie outside.</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct CuvidRectangle
{
    [FieldOffset(0)] public short Left;
    [FieldOffset(2)] public short Top;
    [FieldOffset(4)] public short Right;
    [FieldOffset(6)] public short Bottom;
}

/// <summary>The head of CUVIDPICPARAMS, which goes from the parser to the decoder by its pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 4280)]
internal struct CuvidPicture
{
    [FieldOffset(8)] public int CurrPicIdx;
    [FieldOffset(12)] public int FieldPicFlag;
    [FieldOffset(20)] public int SecondField;
    [FieldOffset(24)] public uint BitstreamDataLen;
    [FieldOffset(56)] public int RefPicFlag;
    [FieldOffset(60)] public int IntraPicFlag;
}

/// <summary>CUVIDPROCPARAMS.</summary>
[StructLayout(LayoutKind.Explicit, Size = 264)]
internal struct CuvidProcessing
{
    [FieldOffset(0)] public int ProgressiveFrame;
    [FieldOffset(56)] public nint OutputStream;
}

/// <summary>CUVIDGETDECODESTATUS.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct CuvidDecodeStatus
{
    [FieldOffset(0)] public int DecodeStatus;
}
