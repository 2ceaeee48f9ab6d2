using System.Text.Json.Nodes;

namespace Vsr.Plots.Gallery;

/// <summary>A way of enlarging, with what it scores on whole clips.</summary>
internal sealed record GalleryMethod
{
    /// <summary>The method whose folder also holds the truth.</summary>
    public const string Bicubic = "bicubic";

    /// <summary>Its folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>As it is written over its pictures.</summary>
    public string Label => Name == "vsrnet" ? "VSRNet" : Name;

    /// <summary>What stands about it on the page: file, size, hash.</summary>
    public required string Description { get; init; }

    /// <summary>By the names of the clips.</summary>
    public required IReadOnlyDictionary<string, ClipFigures> Clips { get; init; }

    /// <summary>Reads a method's folder; null where it was not run.</summary>
    /// <exception cref="ReportException">A file is damaged.</exception>
    public static GalleryMethod? Read(string folder, string name)
    {
        string scores = Path.Combine(folder, name, "scores.json");
        if (!File.Exists(scores))
        {
            return null;
        }

        JsonArray clips = JsonFiles.Read(scores)["clips"]?.AsArray() ?? throw new ReportException($"{scores} has no clips");
        JsonNode? model = JsonFiles.Read(Path.Combine(folder, name, "model.json"))["models"]?[0];
        return new GalleryMethod
        {
            Name = name,
            Description = Describe(name, model),
            Clips = clips.ToDictionary(
                clip => clip!["name"]!.GetValue<string>(),
                clip => new ClipFigures(clip!["frames"]!.GetValue<int>(), clip["psnr_db"]!.GetValue<double>(), clip["ssim"]!.GetValue<double>())),
        };
    }

    private static string Describe(string name, JsonNode? model)
    {
        const int hashLength = 12;
        if (name == Bicubic)
        {
            return "cubic enlargement";
        }

        string about = model?["description"] is { } description ? $"{description}; " : "";
        string hash = model?["sha256"]?.GetValue<string>() is { Length: >= hashLength } whole ? $", SHA-256 {whole[..hashLength]}..." : "";
        return $"{about}{model?["file"]}{hash}";
    }
}

/// <summary>A method's figures on a clip, by the published protocol.</summary>
internal sealed record ClipFigures(int Frames, double PsnrDb, double Ssim);
