using TorchSharp;
using Vsr.Data;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>The clips of a run: found, filtered, and decoded into memory where they fit.</summary>
internal sealed class TrainingClips : IDisposable
{
    private TrainingClips(IClipSource clips, IReadOnlyList<string> validation, VideoDecoderKind decoder)
    {
        Clips = clips;
        Validation = validation;
        Decoder = decoder;
    }

    /// <summary>The training clips; soft ones at half size.</summary>
    public IClipSource Clips { get; }

    /// <summary>Paths of the validation clips.</summary>
    public IReadOnlyList<string> Validation { get; }

    /// <summary>What decodes for a loader of <see cref="Clips"/>, as <see cref="SequenceLoaderFactory"/> takes it.</summary>
    public VideoDecoderKind Decoder { get; }

    /// <summary>Opens the clips, and decodes them into memory where they are not read by NVDEC.</summary>
    /// <param name="options">The run's settings, defaults filled in.</param>
    /// <param name="device">Where batches go.</param>
    /// <param name="observer">Hears what is read and how.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="VsrException">A folder is missing or holds no usable clip.</exception>
    /// <exception cref="DecoderUnavailableException">NVDEC was asked for and cannot be used.</exception>
    public static TrainingClips Load(
        TrainingOptions options, Device device, ITrainingObserver observer, TimeProvider time, CancellationToken cancellation)
    {
        DataSet set = DataSet.Open(options.Root, options.Val, options.ValShare, options.Seed);
        VideoClipSource files = VideoClipSource.Open(Choose(set, options), cancellation: cancellation);
        IClipSource sized = options.HalfSize.Count > 0
            ? new HalfSizeClipSource(files, clip => IsNamed(clip.Name, options.HalfSize))
            : files;
        VideoDecoderKind decoder = DecoderFor(sized, options, device, observer);
        IClipSource clips = decoder == VideoDecoderKind.Software ? IntoMemory(sized, observer, time, cancellation) : sized;
        foreach (string warning in clips.Warnings)
        {
            observer.Warning(warning);
        }

        return new TrainingClips(clips, set.Validation, decoder);
    }

    public void Dispose() => Clips.Dispose();

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

    private static VideoDecoderKind DecoderFor(IClipSource clips, TrainingOptions options, Device device, ITrainingObserver observer)
    {
        if (options.Decoder == "software")
        {
            return VideoDecoderKind.Software;
        }

        string? problem = options.PoolClips > 0 || options.PoolStills > 0
            ? "sequences are cut from clips into pools, once"
            : SequenceLoaderFactory.NvdecProblem(clips, device, requireAll: options.Decoder == "nvdec");
        if (problem is null)
        {
            observer.Message("training videos are decoded by NVDEC as they are needed");
            return options.Decoder == "nvdec" ? VideoDecoderKind.Nvdec : VideoDecoderKind.Auto;
        }

        if (options.Decoder == "nvdec")
        {
            throw new DecoderUnavailableException($"NVDEC cannot decode the training videos: {problem}") { Hint = "use --decoder auto" };
        }

        if (device.type == DeviceType.CUDA)
        {
            observer.Message($"training videos are decoded in software: {problem}");
        }

        return VideoDecoderKind.Software;
    }

    /// <summary>The clips decoded, or, where memory does not suffice, as they are.</summary>
    private static IClipSource IntoMemory(
        IClipSource files, ITrainingObserver observer, TimeProvider time, CancellationToken cancellation)
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
