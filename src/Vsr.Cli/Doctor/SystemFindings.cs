using System.Runtime.InteropServices;

namespace Vsr.Cli.Doctor;

/// <summary>The machine: program, system, memory, disk.</summary>
internal sealed record SystemFindings(
    string Program,
    string OperatingSystem,
    string Runtime,
    int Cores,
    long MemoryBytes,
    long? AvailableMemoryBytes,
    string Folder,
    long? FreeDiskBytes)
{
    public static SystemFindings Collect()
    {
        string folder = Environment.CurrentDirectory;
        string version = typeof(SystemFindings).Assembly.GetName().Version?.ToString(3) ?? "unknown";
        return new(
            $"vsr {version}",
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
            RuntimeInformation.FrameworkDescription,
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            AvailableMemory(),
            folder,
            FreeDisk(folder));
    }

    private static long? AvailableMemory()
    {
        const string path = "/proc/meminfo";
        const string key = "MemAvailable:";
        string? line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) : null;
        return long.TryParse(line?[key.Length..].Replace("kB", "", StringComparison.Ordinal), out long kibibytes) ? kibibytes * 1024 : null;
    }

    private static long? FreeDisk(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
