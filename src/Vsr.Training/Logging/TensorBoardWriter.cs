using System.Buffers.Binary;
using System.Globalization;

namespace Vsr.Training.Logging;

/// <summary>Writes scalars, texts and pictures to an event file that TensorBoard reads.</summary>
/// <remarks>
/// The file is a TFRecord: each record is the payload's length (u64, little endian), the length's masked CRC-32C, the payload (a
/// TensorFlow Event message) and the payload's masked CRC-32C. Not thread-safe. Records reach the disk at <see cref="Flush"/> and
/// when disposed; a run that is killed loses the last ones, never the file.
/// When a run is resumed, a new file in the same folder starts with the resumed step and TensorBoard shows the later values.
/// </remarks>
public sealed class TensorBoardWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _time;

    /// <summary>Creates a new event file in a folder, which is made when it is not there.</summary>
    public TensorBoardWriter(string folder, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        long seconds = _time.GetUtcNow().ToUnixTimeSeconds();
        for (int number = 0; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds}.vsr.{number}");
            Path = System.IO.Path.Combine(folder, name);
            if (!File.Exists(Path))
            {
                break;
            }
        }

        _file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 64 * 1024);
        Write(EventEncoder.FileVersion(WallTimeSeconds));
    }

    /// <summary>The event file.</summary>
    public string Path { get; }

    private double WallTimeSeconds => _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Adds one value of a curve.</summary>
    public void Scalar(string tag, long step, double value) =>
        Write(EventEncoder.Scalar(WallTimeSeconds, step, tag, (float)value));

    /// <summary>Adds a text (Markdown).</summary>
    public void Text(string tag, string text) => Write(EventEncoder.TextSummary(WallTimeSeconds, tag, text));

    /// <summary>Adds a picture, given as a PNG file's bytes.</summary>
    public void Image(string tag, long step, int width, int height, ReadOnlySpan<byte> png) =>
        Write(EventEncoder.Image(WallTimeSeconds, step, tag, width, height, png));

    /// <summary>Hands what was added to the operating system.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(byte[] payload)
    {
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc32C.Masked(header[..8]));
        Span<byte> footer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, Crc32C.Masked(payload));
        _file.Write(header);
        _file.Write(payload);
        _file.Write(footer);
    }
}
