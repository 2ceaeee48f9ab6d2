using System.Globalization;

namespace Vsr.Cli.Doctor;

/// <summary>The machine's memory, or that of the container it runs in.</summary>
/// <param name="TotalBytes">How much there is; null where the system does not tell.</param>
/// <param name="AvailableBytes">How much of it can be had, memory of cached files included; null where the system does not tell.</param>
/// <remarks>
/// Source: Linux's proc_meminfo(5), cgroups(7) and the memory controllers of control groups, versions 1 and 2. .NET's own figure is the
/// limit of its heap, three quarters of a container's memory.
/// </remarks>
internal sealed record SystemMemory(long? TotalBytes, long? AvailableBytes)
{
    private static readonly GroupFiles Version1 = new("sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
    private static readonly GroupFiles Version2 = new("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file");

    /// <summary>Looks.</summary>
    /// <param name="root">The folder that holds proc and sys; other than / in tests.</param>
    public static SystemMemory Read(string root = "/")
    {
        string machine = Path.Combine(root, "proc/meminfo");
        SystemMemory memory = new(Named(machine, "MemTotal:") * 1024, Named(machine, "MemAvailable:") * 1024);
        foreach ((GroupFiles files, string group) in Groups(Path.Combine(root, "proc/self/cgroup")))
        {
            // The process's own group, and those that it is part of. In a container the path may be that outside; then only the last is there.
            string mount = Path.Combine(root, files.Mount);
            for (string? path = group; path is not null; path = path.Length == 0 ? null : path[..Math.Max(0, path.LastIndexOf('/'))])
            {
                memory = Within(Path.Combine(mount, path.TrimStart('/')), files, memory);
            }
        }

        return memory;
    }

    private static IEnumerable<(GroupFiles Files, string Group)> Groups(string path)
    {
        yield return (Version2, "");
        yield return (Version1, "");
        foreach (string[] fields in Lines(path).Select(line => line.Split(':', 3)).Where(fields => fields.Length == 3))
        {
            if (fields[1].Length == 0)
            {
                yield return (Version2, fields[2]);
            }
            else if (fields[1].Split(',').Contains("memory"))
            {
                yield return (Version1, fields[2]);
            }
        }
    }

    private static SystemMemory Within(string folder, GroupFiles files, SystemMemory outside)
    {
        if (First(Path.Combine(folder, files.Limit)) is not { } limit || limit >= (outside.TotalBytes ?? long.MaxValue))
        {
            return outside;
        }

        long? used = First(Path.Combine(folder, files.Used)) - (Named(Path.Combine(folder, "memory.stat"), files.Cached) ?? 0);
        long rest = used is null ? limit : Math.Max(0, limit - used.Value);
        return new(limit, outside.AvailableBytes is { } available ? Math.Min(available, rest) : used is null ? null : rest);
    }

    private static long? Named(string path, string name) => Lines(path)
        .Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(words => words.Length > 1 && words[0] == name) is { } found ? Number(found[1]) : null;

    private static long? First(string path) => Lines(path).FirstOrDefault() is { } line ? Number(line) : null;

    // Null for words such as max, and for what stands for no limit in version 1 where it is too large.
    private static long? Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out long number) ? number : null;

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

    private sealed record GroupFiles(string Mount, string Limit, string Used, string Cached);
}
