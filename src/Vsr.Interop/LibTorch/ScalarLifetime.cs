using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vsr.Interop.LibC;

namespace Vsr.Interop.LibTorch;

/// <summary>Keeps the numbers that TorchSharp passes to operators alive for a while after it has given them up.</summary>
/// <remarks>
/// TorchSharp makes an object of every number (the 4 of <c>x * 4</c>, and the 1 that <c>a + b</c> multiplies b by) and hands its
/// address to libtorch without keeping the object alive during the call. A garbage collection at that moment lets the finalizer free
/// the number while the operator reads it: the operator fails with a message about types, or computes with whatever lies there.
/// Seen in a test that trains; a loop beside a thread that collects fails in a tenth of a second. Here the function
/// that frees numbers is redirected: it frees the one that was given up <see cref="Kept"/> ago.
/// </remarks>
internal static unsafe class ScalarLifetime
{
    /// <summary>How many numbers given up are kept: some milliseconds' worth at least, 3 MB.</summary>
    public const int Kept = 1 << 16;

    private const uint SymbolicFrom = 5;        // tags of numbers that own something, which TorchSharp does not make

    private static nint* _ring;
    private static long _count;
    private static delegate* unmanaged<nint, void> _delete;

    /// <summary>Redirects the function.</summary>
    /// <param name="library">The handle of TorchSharp's native library, no number of which has been made.</param>
    /// <returns>Null, or why it could not be.</returns>
    public static string? Keep(nint library)
    {
        if (_ring is not null)
        {
            return null;
        }

        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "only on Linux x64";
        }

        if (!NativeLibrary.TryGetExport(library, "THSTorch_dispose_scalar", out nint dispose) ||
            !NativeLibrary.TryGetExport(library, "_ZdlPv", out nint delete))
        {
            return "THSTorch_dispose_scalar or operator delete was not found";
        }

        // test rdi, rdi; je to the last instruction: the function is that long
        ReadOnlySpan<byte> code = new((void*)dispose, 5);
        if (!code[..4].SequenceEqual<byte>([0x48, 0x85, 0xFF, 0x74]) || code[4] + 5 < CodePatch.Length)
        {
            return "THSTorch_dispose_scalar is not as expected";
        }

        _delete = (delegate* unmanaged<nint, void>)delete;
        _ring = (nint*)NativeMemory.AllocZeroed(Kept, (nuint)sizeof(nint));
        if (!CodePatch.Redirect(dispose, (nint)(delegate* unmanaged<nint, void>)&GiveUp))
        {
            NativeMemory.Free(_ring);
            _ring = null;
            return "the system does not let code be changed";
        }

        return null;
    }

    [UnmanagedCallersOnly]
    private static void GiveUp(nint scalar)
    {
        if (scalar == 0)
        {
            return;
        }

        long place = Interlocked.Increment(ref _count) & (Kept - 1);
        nint oldest = Interlocked.Exchange(ref Unsafe.AsRef<nint>(_ring + place), scalar);
        if (oldest != 0 && *(uint*)oldest < SymbolicFrom)
        {
            _delete(oldest);
        }
    }
}
