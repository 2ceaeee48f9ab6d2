namespace Vsr.Interop.Cuda;

/// <summary>Streams, memory of the device, pinned memory of the host, and copies that a stream orders.</summary>
internal sealed unsafe partial class CudaDriver
{
    private const uint NonBlockingStream = 1;

    /// <summary>Makes a stream that does not wait for the legacy default stream.</summary>
    public nint CreateStream()
    {
        nint stream;
        Check(((delegate* unmanaged<nint*, uint, int>)Find("cuStreamCreate"))(&stream, NonBlockingStream), "cuStreamCreate");
        return stream;
    }

    /// <summary>Destroys a stream; what is queued on it is still done.</summary>
    public void DestroyStream(nint stream) => ((delegate* unmanaged<nint, int>)Find("cuStreamDestroy_v2"))(stream);

    /// <summary>Memory of the current context's device, aligned to 256 bytes.</summary>
    public nint AllocateDevice(long bytes)
    {
        nint memory;
        Check(((delegate* unmanaged<nint*, nuint, int>)Find("cuMemAlloc_v2"))(&memory, (nuint)bytes), $"cuMemAlloc of {bytes} bytes");
        return memory;
    }

    /// <summary>The allocation that an address of the current context's device lies in: where it begins, and its bytes.</summary>
    public (nint Start, long Bytes) AllocationOf(nint memory)
    {
        nint start;
        nuint bytes;
        Check(
            ((delegate* unmanaged<nint*, nuint*, nint, int>)Find("cuMemGetAddressRange_v2"))(&start, &bytes, memory),
            "cuMemGetAddressRange");
        return (start, (long)bytes);
    }

    public void FreeDevice(nint memory) => ((delegate* unmanaged<nint, int>)Find("cuMemFree_v2"))(memory);

    /// <summary>Pinned memory of the host, which copies reach without a detour.</summary>
    public nint AllocateHost(long bytes)
    {
        nint memory;
        Check(
            ((delegate* unmanaged<nint*, nuint, uint, int>)Find("cuMemHostAlloc"))(&memory, (nuint)bytes, 0),
            $"cuMemHostAlloc of {bytes} bytes");
        return memory;
    }

    public void FreeHost(nint memory) => ((delegate* unmanaged<nint, int>)Find("cuMemFreeHost"))(memory);

    public void FillAsync(nint deviceMemory, byte value, long bytes, nint stream) =>
        Check(
            ((delegate* unmanaged<nint, byte, nuint, nint, int>)Find("cuMemsetD8Async"))(deviceMemory, value, (nuint)bytes, stream),
            "cuMemsetD8Async");

    public void CopyToHostAsync(nint host, nint device, long bytes, nint stream) =>
        Check(
            ((delegate* unmanaged<nint, nint, nuint, nint, int>)Find("cuMemcpyDtoHAsync_v2"))(host, device, (nuint)bytes, stream),
            "cuMemcpyDtoHAsync");

    public void CopyToDeviceAsync(nint device, nint host, long bytes, nint stream) =>
        Check(
            ((delegate* unmanaged<nint, nint, nuint, nint, int>)Find("cuMemcpyHtoDAsync_v2"))(device, host, (nuint)bytes, stream),
            "cuMemcpyHtoDAsync");

    /// <summary>Copies rows within the device.</summary>
    public void Copy2DAsync(nint target, long targetPitch, nint source, long sourcePitch, long rowBytes, long rows, nint stream)
    {
        CudaCopy2D copy = new()
        {
            SourceKind = CudaCopy2D.Device,
            SourceDevice = source,
            SourcePitch = (nuint)sourcePitch,
            TargetKind = CudaCopy2D.Device,
            TargetDevice = target,
            TargetPitch = (nuint)targetPitch,
            WidthInBytes = (nuint)rowBytes,
            Height = (nuint)rows,
        };
        Check(((delegate* unmanaged<CudaCopy2D*, nint, int>)Find("cuMemcpy2DAsync_v2"))(&copy, stream), "cuMemcpy2DAsync");
    }
}
