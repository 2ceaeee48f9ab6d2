namespace Vsr.Interop.Cuda;

/// <summary>What the driver says about one GPU.</summary>
internal sealed record CudaDeviceDescription(string Name, long MemoryBytes, Version ComputeCapability);
