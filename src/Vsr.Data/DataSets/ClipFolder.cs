namespace Vsr.Data;

/// <summary>What counts as a clip in a folder.</summary>
public static class ClipFolder
{
    private static readonly HashSet<string> VideoExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".ts", ".m2ts", ".mts", ".mpg", ".mpeg", ".flv", ".wmv", ".ogv", ".3gp",
        ".mxf", ".y4m", ".h264", ".264", ".h265", ".hevc", ".265", ".ivf", ".obu", ".nut",
    };

    private static readonly HashSet<string> PictureExtensions = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg" };

    /// <summary>True for a file with the extension of a video, whatever it holds.</summary>
    public static bool IsVideo(string path) => VideoExtensions.Contains(Path.GetExtension(path));

    /// <summary>True for a file with the extension of a picture that can be read (.png, .jpg).</summary>
    public static bool IsPicture(string path) => PictureExtensions.Contains(Path.GetExtension(path));

    /// <summary>
    /// The clips directly in a folder, in ordinal order of their names: video files, and folders that hold pictures. Hidden names,
    /// unknown extensions and other folders are passed over.
    /// </summary>
    /// <exception cref="VsrException">The folder does not exist or cannot be read.</exception>
    public static IReadOnlyList<string> List(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new VsrException(File.Exists(folder) ? $"{folder} is a file, not a folder of clips" : $"there is no folder {folder}");
        }

        try
        {
            IEnumerable<string> videos = Directory.EnumerateFiles(folder).Where(IsVideo);
            IEnumerable<string> pictures = Directory.EnumerateDirectories(folder).Where(HoldsPictures);
            return [.. videos.Concat(pictures).Where(path => !IsHidden(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot read the folder {folder}: {failure.Message}", failure);
        }
    }

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    private static bool HoldsPictures(string folder) =>
        !IsHidden(folder) && Directory.EnumerateFiles(folder).Any(path => IsPicture(path) && !IsHidden(path));
}
