using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>The clips of a run, decoded into memory where they fit.</summary>
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

    /// <summary>Decodes the clips into memory where they are not read by NVDEC.</summary>
    /// <param name="files">The clips.</param>
    /// <param name="options">The run's settings, defaults filled in.</param>
    /// <param name="device">Where batches go.</param>
    /// <param name="observer">Hears what is read and how.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="VsrException">No clip can be decoded.</exception>
    /// <exception cref="DecoderUnavailableException">NVDEC was asked for and cannot be used.</exception>
    public static TrainingClips Load(
        TrainingFiles files, TrainingOptions options, Device device, ITrainingObserver observer, TimeProvider time,
        CancellationToken cancellation)
    {
        if (files.Pairs is { } pairs)
        {
            return LoadPairs(pairs, files.Validation, options, device, observer, time, cancellation);
        }

        VideoClipSource source = files.Source;
        bool isForFlow = options.Network == NetworkCatalog.Flow;       // takes a few frames
        VideoDecoderKind decoder = isForFlow ? VideoDecoderKind.Software : DecoderFor(source, options, device, observer);
        bool isDirect = !isForFlow && decoder != VideoDecoderKind.Software && options is { PoolClips: 0, PoolStills: 0, HalfSize.Count: 0 };
        if (isDirect)
        {
            observer.Message($"{source.Clips.Count} clips are decoded by NVDEC as they are needed");
        }

        IClipSource clips = isForFlow ? files.Sized
            : isDirect ? source
            : IntoMemory(source.DecodedBy(decoder, Math.Max(0, device.index)), options, observer, time, cancellation);
        foreach (string warning in clips.Warnings)
        {
            observer.Warning(warning);
        }

        return new TrainingClips(clips, files.Validation, isDirect ? decoder : VideoDecoderKind.Software);
    }

    public void Dispose() => ((IDisposable?)Pairs ?? Clips).Dispose();

    private static TrainingClips LoadPairs(
        IReadOnlyList<ClipPair> pairs, IReadOnlyList<string> validation, TrainingOptions options, Device device,
        ITrainingObserver observer, TimeProvider time, CancellationToken cancellation)
    {
        PairedClips clips = new(Read(pair => pair.Hr), Read(pair => pair.Lr), pairs, observer.Warning);
        observer.Message($"{clips.Pairs.Count} pairs of high and low resolution");
        return clips.Pairs.Count > 0
            ? new TrainingClips(clips.Hr, validation, VideoDecoderKind.Software) { Pairs = clips }
            : throw new VsrException($"no pair of {options.Pairs} can be trained on");

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
        IClipSource sized = TrainingFiles.WithHalfSizes(files, options);
        MemoryClipOptions memory = new();
        long bytes = sized.Clips.Sum(clip => 3L * clip.Width * clip.Height * clip.FrameCount);
        string what = $"{sized.Clips.Count} clips, {sized.Clips.Sum(clip => clip.FrameCount)} frames, {bytes >> 20} MiB decoded";
        if (bytes > memory.LimitBytes)
        {
            string reason = $"{what}: more than the {memory.LimitBytes >> 20} MiB there are, so they are read from their files in software";
            observer.Message(reason);
            return options.Decoder == "nvdec"
                ? throw new DecoderUnavailableException(reason) { Hint = "use --decoder auto" }
                : TrainingFiles.WithHalfSizes(files.DecodedBy(VideoDecoderKind.Software, 0), options);
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
}
