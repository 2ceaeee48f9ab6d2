using System.Runtime.InteropServices;

namespace Vsr.Cli.Doctor;

/// <summary>The machine: program, system, memory, disk.</summary>
internal sealed record SystemFindings(
    string Program,
    string OperatingSystem,
    string Runtime,
    int Cores,
    long? MemoryBytes,
    long? AvailableMemoryBytes,
    string Folder,
    long? FreeDiskBytes)
{
    public static SystemFindings Collect()
    {
        SystemMemory memory = SystemMemory.Read();
        string folder = Environment.CurrentDirectory;
        string version = typeof(SystemFindings).Assembly.GetName().Version?.ToString(3) ?? "unknown";
        return new(
            $"vsr {version}",
            $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
            RuntimeInformation.FrameworkDescription,
            Environment.ProcessorCount,
            memory.TotalBytes,
            memory.AvailableBytes,
            folder,
            FreeDisk(folder));
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
