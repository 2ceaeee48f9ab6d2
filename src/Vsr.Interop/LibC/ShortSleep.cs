using System.Runtime.InteropServices;

namespace Vsr.Interop.LibC;

/// <summary>Sleeps shorter than a millisecond, which Thread.Sleep does not make.</summary>
internal static partial class ShortSleep
{
    /// <summary>Lets the thread sleep for about so many microseconds, below 1,000,000.</summary>
    public static void Microseconds(int count) => _ = USleep((uint)count);

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int USleep(uint microseconds);
}
