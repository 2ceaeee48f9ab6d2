using Vsr.Data;
using Vsr.Models;
using Vsr.Training.Evaluation;

namespace Vsr.Training.Running;

/// <summary>The clips or pairs of a run, found and filtered, but not decoded; clips indexed, too.</summary>
internal sealed class TrainingFiles
{
    private TrainingFiles(VideoClipSource source, IReadOnlyList<string> validation, TrainingOptions options)
    {
        Source = source;
        Sized = WithHalfSizes(source, options);
        Validation = validation;
    }

    /// <summary>The training clips as they are in their files; none where there are pairs.</summary>
    public VideoClipSource Source { get; }

    /// <summary>The same, soft ones at half size.</summary>
    public IClipSource Sized { get; }

    /// <summary>Pairs of high and low resolution; null where there are clips.</summary>
    public IReadOnlyList<ClipPair>? Pairs { get; private init; }

    /// <summary>Paths of the validation clips.</summary>
    public IReadOnlyList<string> Validation { get; }

    /// <summary>Finds and indexes the clips.</summary>
    /// <param name="options">The run's settings.</param>
    /// <param name="observer">Is told of pairs that are left out.</param>
    /// <param name="cancellation">Ends the indexing.</param>
    /// <exception cref="VsrException">A folder is missing or holds no usable clip.</exception>
    public static TrainingFiles Open(TrainingOptions options, ITrainingObserver observer, CancellationToken cancellation)
    {
        if (options.Pairs is { } folder)
        {
            return OpenPairs(folder, options, observer);
        }

        bool isForFlow = options.Network == NetworkCatalog.Flow;       // is validated on pairs of pictures
        DataSet set = DataSet.Open(options.Root, isForFlow ? null : options.Val, options.ValShare, options.Seed);
        return new TrainingFiles(VideoClipSource.Open(Choose(set, options), cancellation: cancellation), set.Validation, options);
    }

    /// <summary>Clips of this run with the soft ones at half size.</summary>
    public static IClipSource WithHalfSizes(VideoClipSource files, TrainingOptions options) => options.HalfSize.Count == 0
        ? files
        : new HalfSizeClipSource(files, clip => IsNamed(clip.Name, options.HalfSize));

    private static TrainingFiles OpenPairs(string folder, TrainingOptions options, ITrainingObserver observer)
    {
        ClipPair[] pairs = [.. PairFolder.Read(folder, observer.Warning).Where(pair => !IsNamed(pair.Hr, options.Exclude))];
        if (pairs.FirstOrDefault(pair => pair.Scale != options.Scale) is { } other)
        {
            throw new VsrException($"{other.Lr} is of scale {other.Scale}, not of the network's {options.Scale}")
            {
                Hint = $"add --scale {other.Scale}, or make other pairs",
            };
        }

        IReadOnlyList<string> validation = options.Val is null ? [] : EvaluationClips.Find(options.Val);
        HashSet<string> validated = [.. validation.Select(RealPath.Of)];
        if (pairs.FirstOrDefault(pair => validated.Contains(RealPath.Of(pair.Hr))) is { } both)
        {
            throw new VsrException($"{both.Hr} would be trained on and validate") { Hint = "take it out of one of the two" };
        }

        return new TrainingFiles(VideoClipSource.Open([]), validation, options) { Pairs = pairs };
    }

    private static string[] Choose(DataSet set, TrainingOptions options)
    {
        string[] ofLoader = [.. set.Training.Where(path => options.Loader is null || Directory.Exists(path) == (options.Loader == "png"))];
        if (ofLoader.Length == 0)
        {
            throw new VsrException($"{options.Root} has no {(options.Loader == "png" ? "folder of pictures" : "video")} to train on")
            {
                Hint = "leave --loader out to train on all clips",
            };
        }

        string[] chosen = [.. ofLoader.Where(path => !IsNamed(path, options.Exclude))];
        return chosen.Length > 0
            ? chosen
            : throw new VsrException($"no training clip of {options.Root} is left after --exclude {string.Join(",", options.Exclude)}");
    }

    private static bool IsNamed(string path, IReadOnlyList<string> beginnings) =>
        beginnings.Any(beginning => Path.GetFileName(path).StartsWith(beginning, StringComparison.Ordinal));
}
