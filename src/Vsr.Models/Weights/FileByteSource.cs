using Microsoft.Win32.SafeHandles;

namespace Vsr.Models;

/// <summary>A file's bytes, read where they are wanted.</summary>
/// <remarks>Plain reads and no memory map: a file that another program cuts short is then an error, not the end of the process.</remarks>
internal sealed class FileByteSource : ByteSource
{
    private readonly SafeFileHandle _handle;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened, or is a folder.</exception>
    public FileByteSource(string path)
    {
        _handle = File.OpenHandle(path);
        try
        {
            Length = RandomAccess.GetLength(_handle);
        }
        catch (NotSupportedException failure)
        {
            _handle.Dispose();
            throw new IOException("it is a pipe or a device, not a file", failure);
        }
    }

    public override long Length { get; }

    public override void Read(long offset, Span<byte> destination)
    {
        RequireRange(offset, destination.Length);
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(_handle, destination, offset);
            if (read == 0)
            {
                throw new FormatException($"cut short while it was read: no byte at offset {offset}");
            }

            offset += read;
            destination = destination[read..];
        }
    }

    public override void Dispose()
    {
        _handle.Dispose();
        base.Dispose();
    }
}
