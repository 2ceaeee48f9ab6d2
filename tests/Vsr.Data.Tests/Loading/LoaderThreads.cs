namespace Vsr.Data.Tests;

/// <summary>The loaders' threads of this process, by name, of which the kernel keeps the first 15 characters.</summary>
internal static class LoaderThreads
{
    public static int Count =>
        Directory.GetDirectories("/proc/self/task").Count(task => NameOf(task).StartsWith("vsr loader", StringComparison.Ordinal));

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return ""; // ended meanwhile
        }
    }
}
