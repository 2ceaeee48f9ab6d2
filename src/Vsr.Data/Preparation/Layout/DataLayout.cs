using System.Globalization;

namespace Vsr.Data.Preparation.Layout;

/// <summary>The folders of DALI's super-resolution example. A setting is part of a folder's name when it is given, not when it is a default.</summary>
internal static class DataLayout
{
    /// <summary>The two halves of a data set.</summary>
    public static readonly string[] Subsets = ["train", "val"];

    /// <summary>Where the split scenes lie: DIR/orig/scenes.</summary>
    public static string Originals(string data) => Path.Combine(data, "orig", "scenes");

    /// <summary>Where transcoded scenes lie: DIR/540p/scenes[/h264][/crf18][/keyint4].</summary>
    public static string Scenes(string data, Resolution resolution, CopyFolder copy) =>
        Path.Combine([data, resolution.Name, "scenes", .. copy.Parts]);

    /// <summary>Where pictures lie: DIR/540p/frames[/h264][/crf18][/keyint4][/png][/q4].</summary>
    public static string Frames(string data, Resolution resolution, CopyFolder copy, string? format, int? quality) => Path.Combine(
    [
        data, resolution.Name, "frames", .. copy.Parts,
        .. format is null ? [] : new[] { format },
        .. quality is null ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"q{quality}") },
    ]);

    /// <summary>A scene's path in its folder: train/scene_7.mp4.</summary>
    public static string SceneFile(string subset, int number) =>
        Path.Combine(subset, string.Create(CultureInfo.InvariantCulture, $"scene_{number}.mp4"));

    /// <summary>The name of a scene's folder of pictures: what follows scene_, else the whole name.</summary>
    public static string PictureFolder(string sceneFile)
    {
        string name = Path.GetFileNameWithoutExtension(sceneFile);
        return name.StartsWith("scene_", StringComparison.Ordinal) && name.Length > 6 ? name[6..] : name;
    }
}
