namespace Vsr.Interop.FFmpeg;

/// <summary>A release of FFmpeg whose struct layouts the binding knows.</summary>
internal enum FFmpegRelease
{
    /// <summary>5.1: libavutil 57, libavcodec and libavformat 59, libswscale 6 (Debian 12); fully tested.</summary>
    V51,

    /// <summary>7.1: libavutil 59, libavcodec and libavformat 61, libswscale 8 (Debian 13); reading is tested.</summary>
    V71,

    /// <summary>6.1: libavutil 58, libavcodec and libavformat 60, libswscale 7 (Ubuntu 24.04); untested.</summary>
    V61,
}
