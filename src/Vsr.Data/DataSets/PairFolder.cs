using Vsr.Data.Preparation.Manifests;

namespace Vsr.Data;

/// <summary>Reads the manifest of a folder of pairs, as <see cref="Preparation.PairMaker"/> leaves it.</summary>
internal static class PairFolder
{
    /// <summary>The pairs whose files are there. A clip is looked for from the folder, then under its full path.</summary>
    /// <param name="folder">The folder with manifest.json.</param>
    /// <param name="warn">Is told of each pair that is left out.</param>
    /// <exception cref="VsrException">There is no manifest, it is damaged, no pair is left, or pairs differ in scale.</exception>
    public static IReadOnlyList<ClipPair> Read(string folder, Action<string> warn)
    {
        PairManifest manifest = ManifestFile.Read<PairManifest>(folder, PairManifest.Command) ?? throw new VsrException($"there is no {ManifestFile.In(folder)}")
        {
            Hint = "make pairs with: vsr prepare degrade --root CLIPS --out-data DIR",
        };
        List<ClipPair> pairs = [];
        foreach (PairEntry entry in manifest.Pairs)
        {
            string hr = Path.GetFullPath(Path.Combine(folder, entry.Hr));
            ClipPair pair = new(Path.Exists(hr) ? hr : entry.HrPath, Path.Combine(folder, entry.Lr), entry.Frames, entry.Scale);
            string? missing = new[] { pair.Hr, pair.Lr }.FirstOrDefault(path => !Path.Exists(path));
            if (missing is null)
            {
                pairs.Add(pair);
            }
            else
            {
                warn($"{entry.Lr} is left out: there is no {missing}");
            }
        }

        return pairs.Count > 0 ? pairs : throw new VsrException($"{folder} has no pair whose files are there");
    }
}
