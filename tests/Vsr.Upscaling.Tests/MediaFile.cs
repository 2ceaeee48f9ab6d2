using System.Globalization;
using Vsr.Tests;

namespace Vsr.Upscaling.Tests;

/// <summary>What ffmpeg and ffprobe, as independent witnesses, say about a file.</summary>
internal static class MediaFile
{
    /// <summary>SHA-256 of each sound stream's packets.</summary>
    public static string AudioHash(string path) =>
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-c", "copy", "-f", "streamhash", "-");

    /// <summary>The frames' times in ticks of the stream.</summary>
    public static long[] FrameTicks(string path, string stream = "v:0") =>
        [.. Lines(Probe(path, "-select_streams", stream, "-show_entries", "frame=pts"))
            .Select(line => long.Parse(line.Trim(','), CultureInfo.InvariantCulture))];

    /// <summary>One entry of the video stream, as ffprobe prints it.</summary>
    public static string Stream(string path, string entry, string stream = "v:0") =>
        Lines(Probe(path, "-select_streams", stream, "-show_entries", $"stream={entry}")).FirstOrDefault("").TrimEnd(',');

    /// <summary>"type codec" of each stream.</summary>
    public static string[] Streams(string path) => Lines(Probe(path, "-show_entries", "stream=codec_type,codec_name"));

    /// <summary>The rotation of each display matrix of the video stream.</summary>
    public static string[] Rotations(string path) =>
        Lines(Probe(path, "-select_streams", "v:0", "-show_entries", "stream_side_data=rotation"));

    /// <summary>The mean of each component of the first frame, as ffmpeg's signalstats has it.</summary>
    public static double[] ComponentMeans(string path)
    {
        string output = OracleProgram.Run("ffmpeg", "-v", "error", "-i", path, "-frames:v", "1", "-vf",
            "signalstats,metadata=print:file=-", "-f", "null", "-");
        return [.. new[] { "YAVG", "UAVG", "VAVG" }.Select(name => double.Parse(
            output.Split('\n').First(line => line.Contains($".{name}=", StringComparison.Ordinal)).Split('=')[1],
            CultureInfo.InvariantCulture))];
    }

    /// <summary>ffprobe's compact output without section names.</summary>
    public static string Probe(string path, params string[] what) => string.Join('\n', OracleProgram
        .Run("ffprobe", ["-v", "error", .. what, "-of", "csv=p=0", path])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
