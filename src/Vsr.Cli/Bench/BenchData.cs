using Vsr.Data;
using Vsr.Video;

namespace Vsr.Cli.Bench;

/// <summary>Where clips and pictures lie under the user's folder.</summary>
/// <remarks>
/// Known: the folders of DALI's super-resolution example (DIR/720p/scenes/train, DIR/720p/frames/train; between them further ones
/// for codec and key frames), DIR/mp4/720p, DIR/train, and a plain folder of clips.
/// </remarks>
internal static class BenchData
{
    /// <summary>The video files of the first known folder that has some, in name order.</summary>
    /// <exception cref="VsrException">There are none; the hint lists the folders that were looked into.</exception>
    public static IReadOnlyList<string> FindVideos(string data, string resolution)
    {
        if (!Directory.Exists(data))
        {
            throw new VsrException(File.Exists(data) ? $"{data} is a file, not a folder of clips" : $"there is no folder {data}");
        }

        string[] folders = [.. VideoFolders(data, resolution).Distinct()];
        return folders.Select(Videos).FirstOrDefault(clips => clips.Count > 0)
            ?? throw new VsrException($"there is no video for {resolution} in {data}")
            {
                Hint = $"looked for .mp4, .mkv, .mov and the like in: {string.Join(", ", folders.Select(folder => Shown(data, folder)))}",
            };
    }

    /// <summary>The folders of pictures that the user has beside the clips, in name order; empty when there are none.</summary>
    public static IReadOnlyList<string> FindPictures(string data, string resolution) => PictureFolders(data, resolution)
        .Distinct().Select(Pictures).FirstOrDefault(folders => folders.Count > 0) ?? [];

    /// <summary>Bytes of a video file, or of a folder's pictures.</summary>
    public static long DiskBytes(string clip) => Directory.Exists(clip)
        ? Directory.EnumerateFiles(clip).Where(ClipFolder.IsPicture).Sum(file => LinkedFile.Of(file).Length)
        : LinkedFile.Of(clip).Length;

    private static IEnumerable<string> VideoFolders(string data, string resolution)
    {
        string[] parents =
        [
            Path.Combine(data, resolution, "scenes"), Path.Combine(data, resolution), Path.Combine(data, "mp4", resolution),
            Path.Combine(data, "scenes"), data,
        ];
        foreach (string parent in parents)
        {
            yield return Path.Combine(parent, "train");
            yield return parent;
            foreach (string nested in Nested(parent, "scenes"))
            {
                yield return nested;
            }
        }
    }

    private static IEnumerable<string> PictureFolders(string data, string resolution)
    {
        string[] parents =
        [
            Path.Combine(data, resolution, "frames"), Path.Combine(data, "png", resolution), Path.Combine(data, "frames"),
            Path.Combine(data, resolution), data,
        ];
        foreach (string parent in parents)
        {
            yield return Path.Combine(parent, "train");
            yield return parent;
            foreach (string nested in Nested(parent, "frames"))
            {
                yield return nested;
            }
        }
    }

    // transcoded copies lie deeper: scenes/h264/crf18/keyint4/train, and pictures: frames/h264/crf18/keyint4/jpg/q4/train
    private static IEnumerable<string> Nested(string parent, string name) => Path.GetFileName(parent) == name && Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent, "train", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6 })
            .Order(StringComparer.Ordinal)
        : [];

    private static IReadOnlyList<string> Videos(string folder) =>
        Directory.Exists(folder) ? [.. ClipFolder.List(folder).Where(ClipFolder.IsVideo)] : [];

    private static IReadOnlyList<string> Pictures(string folder) =>
        Directory.Exists(folder) ? [.. ClipFolder.List(folder).Where(Directory.Exists)] : [];

    private static string Shown(string data, string folder) => folder == data ? data : Path.GetRelativePath(data, folder);
}
