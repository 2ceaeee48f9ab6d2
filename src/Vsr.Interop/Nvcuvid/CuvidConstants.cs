namespace Vsr.Interop.Nvcuvid;

/// <summary>Values of the enumerations in NVIDIA's cuviddec.h and nvcuvid.h.</summary>
internal static class CuvidConstants
{
    public const int CodecH264 = 4;
    public const int CodecHevc = 8;
    public const int CodecVp8 = 9;
    public const int CodecVp9 = 10;
    public const int CodecAv1 = 11;

    public const int Chroma420 = 1;
    public const int Chroma444 = 3;

    public const int SurfaceNv12 = 0;
    public const int SurfaceP016 = 1;
    public const int SurfaceYuv444 = 2;
    public const int SurfaceYuv444P16 = 3;

    public const int CreatePreferCuvid = 4;
    public const int DeinterlaceWeave = 0;

    public const ulong PacketEndOfStream = 1;
    public const ulong PacketTimestamp = 2;
    public const ulong PacketEndOfPicture = 8;

    public const int StatusInProgress = 1;
    public const int StatusSuccess = 2;
    public const int StatusError = 8;
    public const int StatusErrorConcealed = 9;
}
