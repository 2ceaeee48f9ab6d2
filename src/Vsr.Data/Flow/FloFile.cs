using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>Reads and writes .flo files, the flow format of the Middlebury data.</summary>
/// <remarks>
/// Little endian: the float 202021.25 ("PIEH" as text), width and height as int32, then for every pixel, row by row, x and y as float32.
/// A file must have exactly the length that its sizes ask for, so nothing is allocated for sizes that are not there.
/// </remarks>
public static class FloFile
{
    /// <summary>The largest width and height.</summary>
    public const int MaxSide = 16384;

    private const float Magic = 202021.25f;
    private const int HeaderBytes = 12;
    private const int BytesPerPixel = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="VsrException">The file is missing, cannot be read, or is no whole .flo file.</exception>
    public static FlowField Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(file, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VsrException($"cannot read the flow '{path}': {failure.Message}", failure);
        }
    }

    /// <summary>Writes a file under a hidden name and renames it, replacing a file of that name.</summary>
    /// <exception cref="ArgumentException">A side is longer than <see cref="MaxSide"/>.</exception>
    /// <exception cref="VsrException">The file cannot be written.</exception>
    public static void Write(string path, FlowField flow)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.Width > MaxSide || flow.Height > MaxSide)
        {
            throw new ArgumentException($"a flow of {flow.Width}x{flow.Height}; .flo files are read up to {MaxSide}x{MaxSide}", nameof(flow));
        }

        TemporaryFile.RequireFree(path, overwrite: true);
        string temporaryPath = TemporaryFile.NameBeside(path);
        try
        {
            using FileStream file = new(temporaryPath, FileMode.CreateNew, FileAccess.Write);
            Write(file, flow);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TemporaryFile.Remove(temporaryPath);
            throw new VsrException($"cannot write '{path}': {failure.Message}", failure);
        }

        TemporaryFile.Rename(temporaryPath, path);
    }

    private static FlowField Read(FileStream file, string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        int length = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (length < HeaderBytes || BinaryPrimitives.ReadSingleLittleEndian(header) != Magic)
        {
            throw new VsrException($"'{path}' is no .flo file: it does not begin with 'PIEH', width and height");
        }

        int width = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int height = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide)
        {
            throw new VsrException($"'{path}' is damaged: a flow of {width}x{height}; sides are from 1 to {MaxSide}");
        }

        long expected = HeaderBytes + ((long)width * height * BytesPerPixel);
        if (file.Length != expected)
        {
            throw new VsrException($"'{path}' is damaged: {file.Length} bytes, but a flow of {width}x{height} has {expected}");
        }

        FlowField flow = new(width, height);
        file.ReadExactly(MemoryMarshal.AsBytes(flow.Values));
        FromLittleEndian(flow.Values);
        return flow;
    }

    private static void Write(FileStream file, FlowField flow)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteSingleLittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], flow.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], flow.Height);
        file.Write(header);
        float[] row = new float[2 * flow.Width];
        for (int y = 0; y < flow.Height; y++)
        {
            flow.Values.Slice(y * row.Length, row.Length).CopyTo(row);
            FromLittleEndian(row);
            file.Write(MemoryMarshal.AsBytes(row.AsSpan()));
        }
    }

    /// <summary>From the file's byte order to the machine's, or back.</summary>
    private static void FromLittleEndian(Span<float> values)
    {
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<float, int>(values);
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}
