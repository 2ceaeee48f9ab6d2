using Vsr.Interop.Cuda;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Device memory of a test; copies are done when the calls return.</summary>
internal sealed unsafe class DeviceBuffer(long bytes, nint stream) : IDisposable
{
    private static readonly CudaDriver Driver = CudaDriver.Instance;

    public nint Pointer { get; } = Driver.AllocateDevice(bytes);

    public void Upload(ReadOnlySpan<byte> data)
    {
        fixed (byte* source = data)
        {
            Driver.CopyToDeviceAsync(Pointer, (nint)source, data.Length, stream);
            Driver.SynchronizeStream(stream);
        }
    }

    public byte[] Download(long offset = 0, long? length = null)
    {
        byte[] data = new byte[length ?? bytes];
        fixed (byte* target = data)
        {
            Driver.CopyToHostAsync((nint)target, Pointer + (nint)offset, data.Length, stream);
            Driver.SynchronizeStream(stream);
        }

        return data;
    }

    public void Fill(byte value) => Driver.FillAsync(Pointer, value, bytes, stream);

    public void Dispose() => Driver.FreeDevice(Pointer);
}
