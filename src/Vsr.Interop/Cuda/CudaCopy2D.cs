using System.Runtime.InteropServices;

namespace Vsr.Interop.Cuda;

/// <summary>The driver's CUDA_MEMCPY2D on a 64-bit system.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct CudaCopy2D
{
    public const int Host = 1;
    public const int Device = 2;

    [FieldOffset(16)] public int SourceKind;
    [FieldOffset(24)] public nint SourceHost;
    [FieldOffset(32)] public nint SourceDevice;
    [FieldOffset(48)] public nuint SourcePitch;
    [FieldOffset(72)] public int TargetKind;
    [FieldOffset(80)] public nint TargetHost;
    [FieldOffset(88)] public nint TargetDevice;
    [FieldOffset(104)] public nuint TargetPitch;
    [FieldOffset(112)] public nuint WidthInBytes;
    [FieldOffset(120)] public nuint Height;
}
