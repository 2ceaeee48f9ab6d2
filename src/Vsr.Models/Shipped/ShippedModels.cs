namespace Vsr.Models;

/// <summary>The networks that come with the program, by name. Not every file need be there.</summary>
public static class ShippedModels
{
    /// <summary>x4 for clean video, frame by frame: the network of evaluation.</summary>
    public const string Full = "full";

    /// <summary>x2 for clean video, frame by frame.</summary>
    public const string X2 = "x2";

    /// <summary>x4 for clean video in files, at three times the time: it passes over them in both directions.</summary>
    public const string Best = "best";

    /// <summary>x4 for clean video on the CPU.</summary>
    public const string Fast = "fast";

    /// <summary>x4 for video that a lossy codec has been through.</summary>
    public const string Compressed = "compressed";

    private static readonly ShippedModel[] Catalogue =
    [
        Of(Full, "recurrent-x4.safetensors", 4, "clean video", "recurrent, one direction, two frames of look-ahead"),
        Of(X2, "recurrent-x2.safetensors", 2, "clean video, twice as wide and high", "the trunk of full, for x2"),
        Of(Best, "best-x4.safetensors", 4, "clean video in files, where quality is worth three times the time", "recurrent, passes in both directions over groups of frames"),
        Of(Fast, "fast-x4.safetensors", 4, "clean video on a CPU", "a small recurrent network"),
        Of(Compressed, "compressed-x4.safetensors", 4, "video that was compressed with loss (H.264, HEVC, VP9 and the like)", "trained on compressed, blurred and noisy video"),
    ];

    /// <summary>All names, in the order in which help lists them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Catalogue.Select(model => model.Name)];

    /// <summary>All networks, whether their files are there or not, in the order of <see cref="Names"/>.</summary>
    public static IReadOnlyList<ShippedModel> List() => List(ModelFolder.Find());

    /// <summary>A network by its name, whether its file is there or not.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static ShippedModel Get(string name) => List().FirstOrDefault(model => model.Name == name)
        ?? throw new ArgumentException($"unknown model '{name}'; there are {string.Join(", ", Names)}", nameof(name));

    /// <summary>A network by its name, whose file is there.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    /// <exception cref="VsrException">Its file is not there; the message names those that are.</exception>
    public static ShippedModel Require(string name) => Get(name) is { IsAvailable: true } model
        ? model
        : throw new VsrException($"model {name}: its file {Get(name).FileName} is not there; {Available()}");

    internal static IReadOnlyList<ShippedModel> List(string? folder) => [.. Catalogue.Select(model => model with
    {
        Path = folder is not null && File.Exists(Path.Combine(folder, model.FileName)) ? Path.Combine(folder, model.FileName) : null,
    })];

    /// <summary>The place of a file in the catalogue; files that are not in it come after all that are.</summary>
    internal static int OrderOf(string path)
    {
        int index = Array.FindIndex(Catalogue, model => model.FileName == Path.GetFileName(path));
        return index < 0 ? Catalogue.Length : index;
    }

    private static string Available()
    {
        string[] names = [.. List().Where(model => model.IsAvailable).Select(model => model.Name)];
        return names.Length == 0 ? "nor is any other; give a file with --weights" : $"those there are: {string.Join(", ", names)}";
    }

    private static ShippedModel Of(string name, string fileName, int scale, string purpose, string description) => new()
    {
        Name = name,
        FileName = fileName,
        Scale = scale,
        Purpose = purpose,
        Description = description,
        Path = null,
    };
}
