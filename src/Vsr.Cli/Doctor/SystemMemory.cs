using System.Globalization;

namespace Vsr.Cli.Doctor;

/// <summary>The machine's memory, or that of the container it runs in.</summary>
/// <param name="TotalBytes">How much there is; null where the system does not tell.</param>
/// <param name="AvailableBytes">How much of it can be had, memory of cached files included; null where the system does not tell.</param>
/// <remarks>
/// Source: Linux's proc_meminfo(5) and the memory controller of control groups, version 2. .NET's own figure is the limit of its heap,
/// three quarters of a container's memory.
/// </remarks>
internal sealed record SystemMemory(long? TotalBytes, long? AvailableBytes)
{
    /// <summary>Looks.</summary>
    /// <param name="root">The folder that holds proc and sys; other than / in tests.</param>
    public static SystemMemory Read(string root = "/")
    {
        string machine = Path.Combine(root, "proc/meminfo");
        string group = Path.Combine(root, "sys/fs/cgroup");
        long? total = Named(machine, "MemTotal:") * 1024;
        long? available = Named(machine, "MemAvailable:") * 1024;
        if (First(Path.Combine(group, "memory.max")) is { } limit && (total is null || limit < total))
        {
            total = limit;
            long? used = First(Path.Combine(group, "memory.current")) - (Named(Path.Combine(group, "memory.stat"), "inactive_file") ?? 0);
            long? rest = used is null ? null : Math.Max(0, limit - used.Value);
            available = rest < (available ?? long.MaxValue) ? rest : available is null ? null : Math.Min(available.Value, limit);
        }

        return new SystemMemory(total, available);
    }

    private static long? Named(string path, string name) =>
        Lines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line ? Number(line[name.Length..]) : null;

    private static long? First(string path) => Lines(path).FirstOrDefault() is { } line ? Number(line) : null;

    // A number, with a unit or not; null for words such as max.
    private static long? Number(string text) =>
        long.TryParse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(), CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
