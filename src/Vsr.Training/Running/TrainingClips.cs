using Vsr.Data;

namespace Vsr.Training.Running;

/// <summary>The clips of a run: found, filtered, and decoded into memory.</summary>
internal sealed class TrainingClips : IDisposable
{
    private TrainingClips(MemoryClipSource clips, IReadOnlyList<string> validation)
    {
        Clips = clips;
        Validation = validation;
    }

    /// <summary>The training clips, decoded; soft ones at half size.</summary>
    public MemoryClipSource Clips { get; }

    /// <summary>Paths of the validation clips.</summary>
    public IReadOnlyList<string> Validation { get; }

    /// <summary>Opens and decodes.</summary>
    /// <exception cref="VsrException">A folder is missing or holds no usable clip.</exception>
    public static TrainingClips Load(TrainingOptions options, ITrainingObserver observer, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        DataSet set = DataSet.Open(options.Root, options.Val, options.ValShare, options.Seed);
        string[] chosen = set.Training.Where(path => !IsNamed(path, options.Exclude)).ToArray();
        if (chosen.Length == 0)
        {
            throw new VsrException($"no training clip of {options.Root} is left after --exclude {string.Join(",", options.Exclude)}");
        }

        using HalfSizeClipSource reduced = new(VideoClipSource.Open(chosen, cancellation: cancellation), clip => IsNamed(clip.Name, options.HalfSize));
        MemoryClipSource clips = MemoryClipSource.Load(reduced, cancellation: cancellation);
        foreach (string warning in clips.Warnings)
        {
            observer.Warning(warning);
        }

        double seconds = time.GetElapsedTime(start).TotalSeconds;
        observer.Message(FormattableString.Invariant(
            $"{clips.Clips.Count} clips, {clips.Clips.Sum(clip => clip.FrameCount)} frames, {clips.SizeBytes >> 20} MiB decoded in {seconds:F1} s; {set.Validation.Count} validation clips"));
        return new TrainingClips(clips, set.Validation);
    }

    public void Dispose() => Clips.Dispose();

    private static bool IsNamed(string path, IReadOnlyList<string> beginnings) =>
        beginnings.Any(beginning => Path.GetFileName(path).StartsWith(beginning, StringComparison.Ordinal));
}
