namespace Vsr.Models;

/// <summary>Bytes that are read at any offset: a file's or memory's. Not thread-safe.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Fills <paramref name="destination"/> with the bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="FormatException">There are not so many.</exception>
    public abstract void Read(long offset, Span<byte> destination);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    private protected void RequireRange(long offset, int count)
    {
        if (offset < 0 || offset > Length || count > Length - offset)
        {
            throw new FormatException($"cut short: {count} bytes are wanted at offset {offset}, the end is at {Length}");
        }
    }
}
