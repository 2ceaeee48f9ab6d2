using System.Text.Json.Nodes;
using Vsr.Data.Preparation.Layout;
using Vsr.Data.Preparation.Manifests;
using Vsr.Data.Preparation.Splitting;

namespace Vsr.Data.Preparation;

/// <summary>Splits films into scenes, a file each, for training and for validation.</summary>
/// <remarks>
/// Writes OutData/orig/scenes/{train,val}/scene_N.mp4 and a manifest.json with each scene's range of frames. The scenes of a film joined
/// in the order of their numbers have each of its frames once. A run that was interrupted goes on where it stopped when it is started
/// again with the same options; finished scenes are not made anew.
/// </remarks>
public sealed class SceneSplitter
{
    private const int NamesShown = 6;

    private readonly SplitOptions _options;

    /// <summary>Creates a splitter.</summary>
    /// <param name="options">What to split and how.</param>
    /// <exception cref="ArgumentException">An option is out of range, or two contradict each other.</exception>
    public SceneSplitter(SplitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Finds the scenes and writes them.</summary>
    /// <param name="observer">Is told how it goes on; null for nobody.</param>
    /// <param name="cancellation">Stops after the present frame; finished scenes stay, nothing half-written does.</param>
    /// <returns>What was written. A film that fails is among the failures, and the others are split.</returns>
    /// <exception cref="VsrException">A name or list is wrong, the folder was begun with other settings, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PreparationResult Run(IPreparationObserver? observer = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<(string File, string? Subset)> films = SourceList.Expand(_options.Sources);
        RequireFreeDivision(films);
        JsonObject settings = ManifestFile.Settings(SplitSettings.Of(_options));
        string folder = DataLayout.Originals(_options.OutData);
        using FolderLock work = new(folder);
        SplitManifest? manifest = ManifestFile.Read<SplitManifest>(folder, SplitManifest.Command);
        if (manifest is null)
        {
            manifest = Survey(films, settings, observer, cancellation);
            if (manifest.Scenes.Count > 0)
            {
                ManifestFile.Write(folder, manifest);
            }
        }
        else
        {
            ManifestFile.RequireSame(folder, manifest.Settings, settings);
            RequireSameFilms(folder, manifest, films);
        }

        return new SceneWriting(folder, manifest, _options, observer, cancellation).Run(films);
    }

    private SplitManifest Survey(
        IReadOnlyList<(string File, string? Subset)> films,
        JsonObject settings,
        IPreparationObserver? observer,
        CancellationToken cancellation)
    {
        List<FilmScenes> found = new FilmSurvey(_options, observer, cancellation).Find(films);
        (int Film, int First, int End)[] scenes =
            [.. found.SelectMany((film, i) => film.Ranges.Select(range => (i, range.First, range.End)))];
        HashSet<int> validating = films[0].Subset is not null || scenes.Length == 0
            ? []
            : SceneDivision.Validating(scenes.Length, SceneDivision.ValidationCount(scenes.Length, _options), _options.Seed);
        if (scenes.Length == 1 && _options.ValCount is null && films[0].Subset is null)
        {
            observer?.Note("there is one scene only: it is for training (--root .../train), and there is no val/");
        }

        return new SplitManifest
        {
            Settings = settings,
            Sources = [.. found.Select(film => film.Entry)],
            Scenes = [.. scenes.Select((scene, number) => Entry(found[scene.Film], scene, number, validating.Contains(number)))],
        };
    }

    private static SceneEntry Entry(FilmScenes film, (int Film, int First, int End) scene, int number, bool isValidating)
    {
        string subset = film.Subset ?? DataLayout.Subsets[isValidating ? 1 : 0];
        return new SceneEntry
        {
            Number = number,
            Subset = subset,
            File = DataLayout.SceneFile(subset, number),
            Source = scene.Film,
            FirstFrame = scene.First,
            Frames = scene.End - scene.First,
            StartSeconds = Math.Round(film.Times[scene.First], 6),
            EndSeconds = Math.Round(film.Times[scene.End], 6),
        };
    }

    private void RequireFreeDivision(IReadOnlyList<(string File, string? Subset)> films)
    {
        int divided = films.Count(film => film.Subset is not null);
        if (divided > 0 && divided < films.Count)
        {
            throw new VsrException("a folder with train/ and val/ divides its films itself, other films cannot join it")
            {
                Hint = "put the others into its train/ or val/",
            };
        }

        if (divided > 0 && (_options.ValCount is not null || _options.ValShare is not null || _options.Seed is not null))
        {
            throw new VsrException($"{_options.Sources[0]} has its own train/ and val/, so that nothing is left to divide")
            {
                Hint = "leave the count, the share and the seed of the validation scenes out",
            };
        }
    }

    private static void RequireSameFilms(string folder, SplitManifest manifest, IReadOnlyList<(string File, string? Subset)> films)
    {
        SourceEntry[] now = [.. films.Select(film => SourceEntry.Of(film.File))];
        bool isSame = now.Length == manifest.Sources.Count && now.Zip(manifest.Sources).All(pair => pair.First.IsSameFile(pair.Second));
        if (!isSame)
        {
            string names = string.Join(", ", manifest.Sources.Take(NamesShown).Select(source => Path.GetFileName(source.File)));
            string more = manifest.Sources.Count > NamesShown ? $" and {manifest.Sources.Count - NamesShown} more" : "";
            throw new VsrException($"{folder} holds the scenes of other films, or of these in another state: {names}{more}")
            {
                Hint = "name another folder, or remove that one to split anew",
            };
        }
    }
}
