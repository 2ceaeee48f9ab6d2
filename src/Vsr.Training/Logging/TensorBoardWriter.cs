using System.Buffers.Binary;
using System.Globalization;

namespace Vsr.Training.Logging;

/// <summary>Writes scalars, texts, pictures and hyper-parameters to an event file that TensorBoard reads.</summary>
/// <remarks>
/// The file is a TFRecord: each record is the payload's length (u64, little endian), the length's masked CRC-32C, the payload (a
/// TensorFlow Event message) and the payload's masked CRC-32C. Not thread-safe. Records reach the disk at <see cref="Flush"/> and
/// when disposed; a run that is killed loses the last ones, never the file.
/// When a run is resumed, a new file in the same folder begins with <see cref="Restart"/>, and TensorBoard drops what the file before
/// says of later steps.
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

    private double WallTimeSeconds => SecondsOf(_time.GetUtcNow());

    /// <summary>Adds one value of a curve.</summary>
    /// <param name="tag">The curve's name.</param>
    /// <param name="step">Where on the step axis.</param>
    /// <param name="value">Any number; it is stored as float32.</param>
    /// <param name="at">Where on the time axis; null for now.</param>
    public void Scalar(string tag, long step, double value, DateTimeOffset? at = null) =>
        Write(EventEncoder.Scalar(at is { } time ? SecondsOf(time) : WallTimeSeconds, step, tag, (float)value));

    /// <summary>Adds a text (Markdown).</summary>
    public void Text(string tag, string text, long step = 0) => Write(EventEncoder.TextSummary(WallTimeSeconds, step, tag, text));

    /// <summary>Says that a run goes on here: what other files of the folder say of this step and later ones is not shown.</summary>
    /// <param name="step">The first step that this file will tell of.</param>
    public void Restart(long step) => Write(EventEncoder.SessionStart(WallTimeSeconds, step));

    /// <summary>Adds the settings of the run for the table and the plots of the tab HPARAMS.</summary>
    /// <param name="parameters">By name: strings, flags and numbers.</param>
    /// <param name="metricTags">The scalars that runs are compared by.</param>
    public void HyperParameters(IReadOnlyDictionary<string, object> parameters, IEnumerable<string> metricTags)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(metricTags);
        double now = WallTimeSeconds;
        Write(EventEncoder.HyperParameters(now, "_hparams_/experiment", HyperParameterEncoder.Experiment(parameters, metricTags)));
        Write(EventEncoder.HyperParameters(now, "_hparams_/session_start_info", HyperParameterEncoder.SessionStart(parameters, now)));
    }

    /// <summary>Marks the run as done in the tab HPARAMS.</summary>
    public void End()
    {
        double now = WallTimeSeconds;
        Write(EventEncoder.HyperParameters(now, "_hparams_/session_end_info", HyperParameterEncoder.SessionEnd(now)));
    }

    /// <summary>Adds a picture, given as a PNG file's bytes.</summary>
    public void Image(string tag, long step, int width, int height, ReadOnlySpan<byte> png) =>
        Write(EventEncoder.Image(WallTimeSeconds, step, tag, width, height, png));

    /// <summary>Hands what was added to the operating system.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static double SecondsOf(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

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
