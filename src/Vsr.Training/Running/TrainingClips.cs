using Vsr.Data;

namespace Vsr.Training.Running;

/// <summary>The clips of a run: found, filtered, and decoded into memory where they fit.</summary>
internal sealed class TrainingClips : IDisposable
{
    private TrainingClips(IClipSource clips, IReadOnlyList<string> validation)
    {
        Clips = clips;
        Validation = validation;
    }

    /// <summary>The training clips; soft ones at half size.</summary>
    public IClipSource Clips { get; }

    /// <summary>Paths of the validation clips.</summary>
    public IReadOnlyList<string> Validation { get; }

    /// <summary>Opens and decodes.</summary>
    /// <exception cref="VsrException">A folder is missing or holds no usable clip.</exception>
    public static TrainingClips Load(TrainingOptions options, ITrainingObserver observer, TimeProvider time, CancellationToken cancellation)
    {
        DataSet set = DataSet.Open(options.Root, options.Val, options.ValShare, options.Seed);
        string[] chosen = set.Training.Where(path => !IsNamed(path, options.Exclude)).ToArray();
        if (chosen.Length == 0)
        {
            throw new VsrException($"no training clip of {options.Root} is left after --exclude {string.Join(",", options.Exclude)}");
        }

        HalfSizeClipSource files = new(
            VideoClipSource.Open(chosen, cancellation: cancellation), clip => IsNamed(clip.Name, options.HalfSize));
        IClipSource clips = IntoMemory(files, observer, time, cancellation);
        foreach (string warning in clips.Warnings)
        {
            observer.Warning(warning);
        }

        return new TrainingClips(clips, set.Validation);
    }

    public void Dispose() => Clips.Dispose();

    /// <summary>The clips decoded, or, where memory does not suffice, as they are.</summary>
    private static IClipSource IntoMemory(
        HalfSizeClipSource files, ITrainingObserver observer, TimeProvider time, CancellationToken cancellation)
    {
        MemoryClipOptions memory = new();
        long bytes = files.Clips.Sum(clip => 3L * clip.Width * clip.Height * clip.FrameCount);
        string what = $"{files.Clips.Count} clips, {files.Clips.Sum(clip => clip.FrameCount)} frames, {bytes >> 20} MiB decoded";
        if (bytes > memory.LimitBytes)
        {
            observer.Message($"{what}: more than the {memory.LimitBytes >> 20} MiB there are, so they are read from their files");
            return files;
        }

        using (files)
        {
            long start = time.GetTimestamp();
            observer.Message($"{what}: reading them into memory");
            MemoryClipSource clips = MemoryClipSource.Load(files, memory, cancellation: cancellation);
            observer.Message(FormattableString.Invariant($"clips in memory after {time.GetElapsedTime(start).TotalSeconds:F1} s"));
            return clips;
        }
    }

    private static bool IsNamed(string path, IReadOnlyList<string> beginnings) =>
        beginnings.Any(beginning => Path.GetFileName(path).StartsWith(beginning, StringComparison.Ordinal));
}
