using System.Runtime.InteropServices;

namespace Vsr.Interop.Nvcuvid;

/// <summary>The driver's video decoding library (libnvcuvid.so.1): parsers and decoders of the NVDEC engines.</summary>
/// <remarks>All functions but the parser's want a CUDA context current on the calling thread. They return CUresult.</remarks>
internal sealed unsafe class NvcuvidLibrary
{
    private static readonly Lazy<NvcuvidLibrary> Loaded = new(() => new NvcuvidLibrary());

    private NvcuvidLibrary()
    {
        if (!NativeLibrary.TryLoad("libnvcuvid.so.1", out nint library))
        {
            Problem = "the driver's libnvcuvid.so.1 was not found";
            return;
        }

        try
        {
            nint Find(string symbol) => NativeLibrary.GetExport(library, symbol);
            GetDecoderCaps = (delegate* unmanaged<CuvidCapabilities*, int>)Find("cuvidGetDecoderCaps");
            CreateVideoParser = (delegate* unmanaged<nint*, CuvidParserParameters*, int>)Find("cuvidCreateVideoParser");
            ParseVideoData = (delegate* unmanaged<nint, CuvidPacket*, int>)Find("cuvidParseVideoData");
            DestroyVideoParser = (delegate* unmanaged<nint, int>)Find("cuvidDestroyVideoParser");
            CreateDecoder = (delegate* unmanaged<nint*, CuvidCreateInfo*, int>)Find("cuvidCreateDecoder");
            DestroyDecoder = (delegate* unmanaged<nint, int>)Find("cuvidDestroyDecoder");
            ReconfigureDecoder = (delegate* unmanaged<nint, CuvidReconfigureInfo*, int>)Find("cuvidReconfigureDecoder");
            DecodePicture = (delegate* unmanaged<nint, CuvidPicture*, int>)Find("cuvidDecodePicture");
            GetDecodeStatus = (delegate* unmanaged<nint, int, CuvidDecodeStatus*, int>)Find("cuvidGetDecodeStatus");
            MapVideoFrame = (delegate* unmanaged<nint, int, ulong*, uint*, CuvidProcessing*, int>)Find("cuvidMapVideoFrame64");
            UnmapVideoFrame = (delegate* unmanaged<nint, ulong, int>)Find("cuvidUnmapVideoFrame64");
        }
        catch (EntryPointNotFoundException missing)
        {
            Problem = $"the driver's libnvcuvid.so.1 is too old: {missing.Message}";
        }
    }

    public static NvcuvidLibrary Instance => Loaded.Value;

    /// <summary>Why nothing can be decoded; null when the functions are there.</summary>
    public string? Problem { get; }

    public delegate* unmanaged<CuvidCapabilities*, int> GetDecoderCaps { get; }

    public delegate* unmanaged<nint*, CuvidParserParameters*, int> CreateVideoParser { get; }

    public delegate* unmanaged<nint, CuvidPacket*, int> ParseVideoData { get; }

    public delegate* unmanaged<nint, int> DestroyVideoParser { get; }

    public delegate* unmanaged<nint*, CuvidCreateInfo*, int> CreateDecoder { get; }

    public delegate* unmanaged<nint, int> DestroyDecoder { get; }

    public delegate* unmanaged<nint, CuvidReconfigureInfo*, int> ReconfigureDecoder { get; }

    public delegate* unmanaged<nint, CuvidPicture*, int> DecodePicture { get; }

    public delegate* unmanaged<nint, int, CuvidDecodeStatus*, int> GetDecodeStatus { get; }

    public delegate* unmanaged<nint, int, ulong*, uint*, CuvidProcessing*, int> MapVideoFrame { get; }

    public delegate* unmanaged<nint, ulong, int> UnmapVideoFrame { get; }
}
