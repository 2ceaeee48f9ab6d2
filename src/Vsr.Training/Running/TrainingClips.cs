using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Training.Evaluation;
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

    /// <summary>Pairs of high and low resolution, whose high-resolution clips are <see cref="Clips"/>; null where there are only clips.</summary>
    public PairedClips? Pairs { get; private init; }

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
        if (options.Pairs is { } folder)
        {
            return LoadPairs(folder, options, device, observer, time, cancellation);
        }

        bool isForFlow = options.Network == NetworkCatalog.Flow;       // takes a few frames, and is validated on pairs of pictures
        DataSet set = DataSet.Open(options.Root, isForFlow ? null : options.Val, options.ValShare, options.Seed);
        VideoClipSource files = VideoClipSource.Open(Choose(set, options), cancellation: cancellation);
        VideoDecoderKind decoder = isForFlow ? VideoDecoderKind.Software : DecoderFor(files, options, device, observer);
        bool isDirect = !isForFlow && decoder != VideoDecoderKind.Software && options is { PoolClips: 0, PoolStills: 0, HalfSize.Count: 0 };
        if (isDirect)
        {
            observer.Message($"{files.Clips.Count} clips are decoded by NVDEC as they are needed");
        }

        IClipSource clips = isForFlow ? Sized(files, options) : isDirect ? files : IntoMemory(files.DecodedBy(decoder, Math.Max(0, device.index)), options, observer, time, cancellation);
        foreach (string warning in clips.Warnings)
        {
            observer.Warning(warning);
        }

        return new TrainingClips(clips, set.Validation, isDirect ? decoder : VideoDecoderKind.Software);
    }

    public void Dispose() => ((IDisposable?)Pairs ?? Clips).Dispose();

    private static TrainingClips LoadPairs(
        string folder, TrainingOptions options, Device device, ITrainingObserver observer, TimeProvider time, CancellationToken cancellation)
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

        PairedClips clips = new(Read(pair => pair.Hr), Read(pair => pair.Lr), pairs, observer.Warning);
        observer.Message($"{clips.Pairs.Count} pairs of high and low resolution");
        return clips.Pairs.Count > 0
            ? new TrainingClips(clips.Hr, validation, VideoDecoderKind.Software) { Pairs = clips }
            : throw new VsrException($"no pair of {folder} can be trained on");

        IClipSource Read(Func<ClipPair, string> path)
        {
            VideoClipSource files = VideoClipSource.Open([.. pairs.Select(path).Distinct()], cancellation: cancellation);
            VideoDecoderKind decoder = DecoderFor(files, options, device, observer);
            IClipSource loaded = IntoMemory(files.DecodedBy(decoder, Math.Max(0, device.index)), options, observer, time, cancellation);
            foreach (string warning in loaded.Warnings)
            {
                observer.Warning(warning);
            }

            return loaded;
        }
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

    /// <summary>What the settings ask for; Software where NVDEC takes none of the clips.</summary>
    private static VideoDecoderKind DecoderFor(
        VideoClipSource clips, TrainingOptions options, Device device, ITrainingObserver observer)
    {
        if (options.Decoder == "software")
        {
            return VideoDecoderKind.Software;
        }

        bool isRequired = options.Decoder == "nvdec";
        string? problem = SequenceLoaderFactory.NvdecProblem(clips, device, requireAll: isRequired);
        if (problem is null)
        {
            return isRequired ? VideoDecoderKind.Nvdec : VideoDecoderKind.Auto;
        }

        if (isRequired)
        {
            throw new DecoderUnavailableException($"NVDEC cannot decode the training clips: {problem}") { Hint = "use --decoder auto" };
        }

        if (device.type == DeviceType.CUDA)
        {
            observer.Message($"training clips are decoded in software: {problem}");
        }

        return VideoDecoderKind.Software;
    }

    /// <summary>The clips decoded, or, where memory does not suffice, as they are, read in software.</summary>
    private static IClipSource IntoMemory(
        VideoClipSource files, TrainingOptions options, ITrainingObserver observer, TimeProvider time, CancellationToken cancellation)
    {
        IClipSource sized = Sized(files, options);
        MemoryClipOptions memory = new();
        long bytes = sized.Clips.Sum(clip => 3L * clip.Width * clip.Height * clip.FrameCount);
        string what = $"{sized.Clips.Count} clips, {sized.Clips.Sum(clip => clip.FrameCount)} frames, {bytes >> 20} MiB decoded";
        if (bytes > memory.LimitBytes)
        {
            string reason = $"{what}: more than the {memory.LimitBytes >> 20} MiB there are, so they are read from their files in software";
            observer.Message(reason);
            return options.Decoder == "nvdec"
                ? throw new DecoderUnavailableException(reason) { Hint = "use --decoder auto" }
                : Sized(files.DecodedBy(VideoDecoderKind.Software, 0), options);
        }

        using (sized)
        {
            long start = time.GetTimestamp();
            observer.Message($"{what}: reading them into memory");
            MemoryClipSource clips = MemoryClipSource.Load(sized, memory, cancellation: cancellation);
            DecoderTally by = files.Decoders;
            string how = by.Nvdec == 0 ? "" : $", {by.Nvdec} decoded by NVDEC";
            string why = by.FirstReason is null ? "" : $", {by.Software} in software ({by.FirstReason})";
            observer.Message(FormattableString.Invariant($"clips in memory after {time.GetElapsedTime(start).TotalSeconds:F1} s{how}{why}"));
            return clips;
        }
    }

    private static IClipSource Sized(VideoClipSource files, TrainingOptions options) => options.HalfSize.Count == 0
        ? files
        : new HalfSizeClipSource(files, clip => IsNamed(clip.Name, options.HalfSize));

    private static bool IsNamed(string path, IReadOnlyList<string> beginnings) =>
        beginnings.Any(beginning => Path.GetFileName(path).StartsWith(beginning, StringComparison.Ordinal));
}
