using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>What a cached index is valid for: a file as it was, a stream, and the FFmpeg that read it.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Size">The file's size in bytes.</param>
/// <param name="ModifiedTicks">The file's modification time, UTC, in .NET ticks.</param>
/// <param name="Stream">The number of the stream.</param>
/// <param name="FFmpegVersion">FFmpeg's version: another one may put out other frames of a damaged file.</param>
internal sealed record FrameIndexKey(string Path, long Size, long ModifiedTicks, int Stream, string FFmpegVersion)
{
    public static FrameIndexKey Of(string path, int stream)
    {
        FileInfo file = LinkedFile.Of(path);
        return new FrameIndexKey(
            System.IO.Path.GetFullPath(path), file.Length, file.LastWriteTimeUtc.Ticks, stream, FFmpegLibrary.Instance.Version);
    }

    /// <summary>The name of the cached file: the same for all states of one stream of one file, so that a new one replaces it.</summary>
    public string FileName
    {
        get
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Path + "\n" + Stream.ToString(CultureInfo.InvariantCulture)));
            return Convert.ToHexStringLower(hash.AsSpan(0, 16)) + ".idx";
        }
    }
}
