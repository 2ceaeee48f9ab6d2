using System.Text.Json.Nodes;

namespace Vsr.Plots.Gallery;

/// <summary>What eng/gallery left in its folder WORK.</summary>
internal sealed record GalleryFolder
{
    /// <summary>The methods that were run, in the order asked for.</summary>
    public required IReadOnlyList<GalleryMethod> Methods { get; init; }

    /// <summary>Names of the methods asked for that were not there.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The clips in the order of their names.</summary>
    public required IReadOnlyList<GalleryClip> Clips { get; init; }

    /// <summary>The details of each clip: those asked for, else those chosen.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Crop>> Crops { get; init; }

    /// <summary>Names of the clips whose details were chosen.</summary>
    public required IReadOnlySet<string> Chosen { get; init; }

    /// <summary>Where clips are from and under which licence, by their names.</summary>
    public required IReadOnlyDictionary<string, string> Credits { get; init; }

    /// <summary>gallery.json: command, commit, crops, methods, frames.</summary>
    public required JsonNode Description { get; init; }

    /// <summary>machine.json: `vsr doctor --json` where the clips were enlarged.</summary>
    public required JsonNode Machine { get; init; }

    /// <summary>Reads the folder.</summary>
    /// <exception cref="ReportException">There are no frames in it, a file is missing or damaged, or a crop does not fit its clip.</exception>
    public static GalleryFolder Read(string work)
    {
        string folder = Path.Combine(work, "methods");
        IReadOnlyList<GalleryClip> clips = GalleryClip.List(folder);
        JsonNode description = JsonFiles.Read(Path.Combine(work, "gallery.json"));
        string[] names = description["methods"]!.GetValue<string>().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (string Name, GalleryMethod? Method)[] methods = [.. names.Select(name => (name, GalleryMethod.Read(folder, name)))];
        ILookup<string, Crop> given = Crop.ParseTable(description["crops"]!.GetValue<string>()).ToLookup(crop => crop.Clip);
        Check(given, clips);
        return new GalleryFolder
        {
            Methods = [.. methods.Select(pair => pair.Method).OfType<GalleryMethod>()],
            Missing = [.. methods.Where(pair => pair.Method is null).Select(pair => pair.Name)],
            Clips = clips,
            Crops = clips.ToDictionary(
                clip => clip.Name, clip => given.Contains(clip.Name) ? [.. given[clip.Name]] : CropChoice.Choose(clip)),
            Chosen = clips.Select(clip => clip.Name).Where(name => !given.Contains(name)).ToHashSet(),
            Credits = ReadCredits(Path.Combine(work, "credits.txt")),
            Description = description,
            Machine = JsonFiles.Read(Path.Combine(work, "machine.json")),
        };
    }

    private static void Check(ILookup<string, Crop> crops, IReadOnlyList<GalleryClip> clips)
    {
        foreach (Crop crop in crops.SelectMany(group => group))
        {
            GalleryClip clip = clips.FirstOrDefault(clip => clip.Name == crop.Clip) ?? throw new ReportException(
                $"the crop '{crop}' is of no clip that was enlarged; there are {string.Join(", ", clips.Select(clip => clip.Name))}");
            crop.Check(clip);
        }
    }

    private static Dictionary<string, string> ReadCredits(string path)
    {
        Dictionary<string, string> credits = [];
        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                credits[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }

        return credits;
    }
}
