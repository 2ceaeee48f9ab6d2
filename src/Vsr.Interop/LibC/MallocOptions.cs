using System.Runtime.InteropServices;

namespace Vsr.Interop.LibC;

/// <summary>Settings of the C library's memory allocator.</summary>
internal static partial class MallocOptions
{
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD
    private const int MostArenas = -8;   // M_ARENA_MAX

    /// <summary>Gives every block from this size on pages of its own, which go back to the system when it is freed.</summary>
    /// <returns>False where the C library has no such setting (only glibc has).</returns>
    public static bool MapFrom(int bytes) => TrySet(MapThreshold, bytes);

    /// <summary>Lets threads share so many pools of memory, each of which keeps what is freed to it.</summary>
    /// <returns>False where the C library has no such setting (only glibc has).</returns>
    public static bool ShareArenas(int count) => TrySet(MostArenas, count);

    private static bool TrySet(int option, int value)
    {
        try
        {
            return Set(option, value) == 1;
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int option, int value);
}
