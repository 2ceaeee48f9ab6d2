namespace Vsr.Models;

/// <summary>A network that the program knows by a short name, and its file among the weights that come with the program.</summary>
public sealed record ShippedModel
{
    /// <summary>One of <see cref="ShippedModels.Names"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The file's name in the folder of shipped weights, such as "recurrent-x4.safetensors".</summary>
    public required string FileName { get; init; }

    /// <summary>The factor S.</summary>
    public required int Scale { get; init; }

    /// <summary>The sources and devices that it is for.</summary>
    public required string Purpose { get; init; }

    /// <summary>What it is, in a line.</summary>
    public required string Description { get; init; }

    /// <summary>The file's full path; null where it is not there.</summary>
    public required string? Path { get; init; }

    /// <summary>Whether its file is there.</summary>
    public bool IsAvailable => Path is not null;

    /// <summary>Its section of the README.md beside its file, in Markdown: how it was trained, what it scores, data and licences.</summary>
    /// <returns>The section, heading included; null where the file or the section is not there.</returns>
    public string? ReadSection() => Path is null ? null : ModelReadme.SectionOf(Path);
}
