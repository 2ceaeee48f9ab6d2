using System.Globalization;

namespace Vsr.Tests;

/// <summary>What Linux's /proc says of this process's memory.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident memory that is no file's, in bytes.</summary>
    public static long AnonymousBytes() => Status("RssAnon:");

    /// <summary>The most bytes resident while something is done; skips the test where the system does not tell.</summary>
    public static long PeakOf(Action work)
    {
        const string reset = "/proc/self/clear_refs";
        Assert.SkipUnless(File.Exists(reset), "needs Linux's /proc to read the peak of the memory in use");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        File.WriteAllText(reset, "5");                       // the peak starts anew
        work();
        return Status("VmHWM:");
    }

    private static long Status(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
