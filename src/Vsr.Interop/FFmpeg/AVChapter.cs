using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>A chapter of a file; the same layout in all supported releases.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct AVChapter
{
    public long Id;
    public AVRational TimeBase;
    public long Start;
    public long End;
    public AVDictionary* Metadata;
}
