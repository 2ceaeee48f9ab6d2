using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>Keeps FFmpeg's last warnings and errors for our messages, instead of letting them out on standard error.</summary>
/// <remarks>
/// FFmpeg has one log for the process and writes to it from its own threads too. An operation takes a
/// <see cref="Mark"/> before it starts and asks for what came <see cref="Since"/>.
/// </remarks>
internal static unsafe class FFmpegLog
{
    private const int Capacity = 64;
    private const int LineBytes = 1024;
    private const int LevelError = 16;
    private const int LevelWarning = 24;

    private static readonly Lock Gate = new();
    private static readonly FFmpegLogLine[] Lines = new FFmpegLogLine[Capacity];
    private static long _count;

    /// <summary>The number of lines so far: the point from which an operation reads.</summary>
    public static long Mark()
    {
        lock (Gate)
        {
            return _count;
        }
    }

    /// <summary>The lines after a mark, oldest first; at most the last 64.</summary>
    public static IReadOnlyList<FFmpegLogLine> Since(long mark)
    {
        lock (Gate)
        {
            List<FFmpegLogLine> lines = [];
            for (long i = Math.Max(mark, _count - Capacity); i < _count; i++)
            {
                lines.Add(Lines[i % Capacity]);
            }

            return lines;
        }
    }

    /// <summary>The last error after a mark, of this thread where it logged one; null when there is none.</summary>
    public static string? LastError(long mark)
    {
        int thread = Environment.CurrentManagedThreadId;
        var errors = Since(mark).Where(line => line.IsError).ToList();
        return (errors.LastOrDefault(line => line.ThreadId == thread) ?? errors.LastOrDefault())?.Text;
    }

    /// <summary>The first error after a mark that is still kept; null when there is none.</summary>
    public static string? FirstError(long mark) => Since(mark).FirstOrDefault(line => line.IsError)?.Text;

    internal static void Install() => LibAvUtil.av_log_set_callback(&OnLine);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLine(void* context, int level, byte* format, void* arguments)
    {
        if (level > LevelWarning)
        {
            return;
        }

        byte* line = stackalloc byte[LineBytes];
        int printPrefix = 1;
        if (LibAvUtil.av_log_format_line2(context, level, format, arguments, line, LineBytes, &printPrefix) < 0)
        {
            return;
        }

        Add(new FFmpegLogLine(WithoutAddress(Utf8.ToText(line)!), level <= LevelError, Environment.CurrentManagedThreadId));
    }

    private static void Add(FFmpegLogLine line)
    {
        if (line.Text.Length == 0)
        {
            return;
        }

        lock (Gate)
        {
            Lines[_count % Capacity] = line;
            _count++;
        }
    }

    // "[h264 @ 0x55d0c0] no frame!" becomes "h264: no frame!": an address differs from run to run and tells nothing.
    private static string WithoutAddress(string line)
    {
        line = line.Trim();
        int close = line.IndexOf("] ", StringComparison.Ordinal);
        int at = line.IndexOf(" @ 0x", StringComparison.Ordinal);
        return line.StartsWith('[') && at > 0 && at < close ? $"{line[1..at]}: {line[(close + 2)..]}" : line;
    }
}
