using Vsr.Interop.Cuda;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Device memory of a test; copies are done when the calls return.</summary>
internal sealed unsafe class DeviceBuffer : IDisposable
{
    private static readonly CudaDriver Driver = CudaDriver.Instance;
    private readonly nint _stream;

    public DeviceBuffer(long bytes, nint stream)
    {
        nint pointer;
        Driver.Check(((delegate* unmanaged<nint*, nuint, int>)Driver.Find("cuMemAlloc_v2"))(&pointer, (nuint)bytes),
            $"cuMemAlloc({bytes})");
        Pointer = pointer;
        Bytes = bytes;
        _stream = stream;
    }

    public nint Pointer { get; }

    public long Bytes { get; }

    public void Upload(ReadOnlySpan<byte> data)
    {
        fixed (byte* source = data)
        {
            Driver.Check(((delegate* unmanaged<nint, void*, nuint, nint, int>)Driver.Find("cuMemcpyHtoDAsync_v2"))(
                Pointer, source, (nuint)data.Length, _stream), "cuMemcpyHtoDAsync");
            Driver.SynchronizeStream(_stream);
        }
    }

    public byte[] Download(long offset = 0, long? length = null)
    {
        byte[] data = new byte[length ?? Bytes];
        fixed (byte* target = data)
        {
            Driver.Check(((delegate* unmanaged<void*, nint, nuint, nint, int>)Driver.Find("cuMemcpyDtoHAsync_v2"))(
                target, Pointer + (nint)offset, (nuint)data.Length, _stream), "cuMemcpyDtoHAsync");
            Driver.SynchronizeStream(_stream);
        }

        return data;
    }

    public void Fill(byte value) =>
        Driver.Check(((delegate* unmanaged<nint, byte, nuint, nint, int>)Driver.Find("cuMemsetD8Async"))(
            Pointer, value, (nuint)Bytes, _stream), "cuMemsetD8Async");

    public void Dispose() =>
        Driver.Check(((delegate* unmanaged<nint, int>)Driver.Find("cuMemFree_v2"))(Pointer), "cuMemFree");
}
