using System.Diagnostics;
using System.Globalization;
using Vsr.Interop.Cuda;

namespace Vsr.Video.Tests.Gpu;

/// <summary>How much of a GPU's memory this process holds, by nvidia-smi; of the whole GPU where that does not tell.</summary>
internal static class DeviceMemory
{
    /// <summary>Bytes in use. The context must be current.</summary>
    public static long BytesInUse() => OfThisProcess()
        ?? (CudaDriver.Instance.Memory() is { } memory ? memory.TotalBytes - memory.FreeBytes : 0);

    private static long? OfThisProcess()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("nvidia-smi", "--query-compute-apps=pid,used_memory --format=csv,noheader,nounits")
            {
                RedirectStandardOutput = true,
            })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return Parse(output, Environment.ProcessId);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;                                     // there is no such program
        }
    }

    /// <summary>The MiB of the lines "pid, MiB" of a process, in bytes; null where there is none, or no number.</summary>
    internal static long? Parse(string lines, int processId)
    {
        long? sum = null;
        foreach (string[] parts in lines.Split('\n').Select(line => line.Split(',')))
        {
            if (parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int id) && id == processId
                && long.TryParse(parts[1], CultureInfo.InvariantCulture, out long mebibytes))
            {
                sum = (sum ?? 0) + (mebibytes << 20);
            }
        }

        return sum;
    }
}
