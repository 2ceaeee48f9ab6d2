namespace Vsr.Cli.Doctor;

/// <summary>One GPU as the driver describes it.</summary>
internal sealed record GpuDevice(int Index, string Name, long MemoryBytes, string ComputeCapability);
