using System.Globalization;
using Vsr.Video;

namespace Vsr.Data.Preparation.Manifests;

/// <summary>A file that scenes were cut from, as it was then.</summary>
internal sealed record SourceEntry
{
    /// <summary>Its full path.</summary>
    public required string File { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>When it was last written, UTC.</summary>
    public required string Modified { get; init; }

    /// <summary>Number of its video stream.</summary>
    public int? Stream { get; init; }

    /// <summary>Frames of that stream.</summary>
    public int? Frames { get; init; }

    /// <summary>Width of the coded picture.</summary>
    public int? Width { get; init; }

    /// <summary>Height of the coded picture.</summary>
    public int? Height { get; init; }

    /// <summary>FFmpeg's name of its pixel format.</summary>
    public string? PixelFormat { get; init; }

    /// <summary>Its mean frame rate, as a fraction.</summary>
    public string? FrameRate { get; init; }

    /// <summary>The display rotation in degrees.</summary>
    public int? Rotation { get; init; }

    /// <summary>Why no scenes came of it; null where they did.</summary>
    public string? Error { get; init; }

    /// <summary>What is known of a file without opening it.</summary>
    public static SourceEntry Of(string path)
    {
        FileInfo file = LinkedFile.Of(path);
        return new SourceEntry
        {
            File = Path.GetFullPath(path),
            Bytes = file.Exists ? file.Length : 0,
            Modified = file.LastWriteTimeUtc.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Whether two entries mean the same file in the same state; it may have been moved.</summary>
    public bool IsSameFile(SourceEntry other) => Path.GetFileName(File) == Path.GetFileName(other.File)
        && Bytes == other.Bytes && Modified == other.Modified;
}
