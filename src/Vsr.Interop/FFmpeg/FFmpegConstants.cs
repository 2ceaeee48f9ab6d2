namespace Vsr.Interop.FFmpeg;

/// <summary>Values of FFmpeg's macros and enums that are the same in all supported releases.</summary>
internal static class FFmpegConstants
{
    /// <summary>AV_NOPTS_VALUE: no timestamp.</summary>
    public const long NoPts = long.MinValue;

    public const int ErrorEof = -0x20464F45; // FFERRTAG('E','O','F',' ')
    public const int ErrorAgain = -11;
    public const int ErrorInvalidData = -0x41444E49; // FFERRTAG('I','N','D','A')

    public const int MediaVideo = 0;
    public const int MediaAudio = 1;
    public const int MediaData = 2;
    public const int MediaSubtitle = 3;
    public const int MediaAttachment = 4;

    public const int PacketKey = 1;
    public const int PacketCorrupt = 2;
    public const int PacketDiscard = 4;

    public const int DiscardDefault = 0;
    public const int DiscardNonRef = 8;
    public const int DiscardAll = 48;

    /// <summary>AV_FRAME_FLAG_CORRUPT: the frame may be damaged.</summary>
    public const int FrameCorrupt = 1;

    public const int SeekBackward = 1;
    public const int SeekByte = 2;
    public const int SeekAny = 4;

    public const int DispositionDefault = 1;
    public const int DispositionAttachedPic = 0x400;

    public const int CodecFlagUnaligned = 1 << 0;
    public const int CodecFlagGlobalHeader = 1 << 22;
    public const int FormatNoFile = 1;
    public const int FormatGlobalHeader = 0x40;
    public const int IoWrite = 2;

    public const int ParserCompleteFrames = 1;
    public const int PictureFrame = 3;

    public const int PacketSideDataNewExtradata = 1;
    public const int PacketSideDataDisplayMatrix = 5;
    public const int FrameSideDataDisplayMatrix = 6;

    public const int OptSearchChildren = 1;

    public const int PixFmtNone = -1;
    public const ulong PixFmtFlagBigEndian = 1 << 0;
    public const ulong PixFmtFlagPalette = 1 << 1;
    public const ulong PixFmtFlagBitstream = 1 << 2;
    public const ulong PixFmtFlagHardware = 1 << 3;
    public const ulong PixFmtFlagPlanar = 1 << 4;
    public const ulong PixFmtFlagRgb = 1 << 5;
    public const ulong PixFmtFlagAlpha = 1 << 7;
    public const ulong PixFmtFlagBayer = 1 << 8;
    public const ulong PixFmtFlagFloat = 1 << 9;

    public const int SwsBilinear = 2;
    public const int SwsBicubic = 4;
    public const int SwsPoint = 0x10;
    public const int SwsArea = 0x20;
    public const int SwsLanczos = 0x200;
    public const int SwsFullChromaInterpolation = 0x2000;
    public const int SwsAccurateRounding = 0x40000;
    public const int SwsBitExact = 0x80000;
}
