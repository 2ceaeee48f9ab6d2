using Vsr.Video;

namespace Vsr.Data;

/// <summary>Clips read from files as they are needed: video files, and folders of pictures.</summary>
/// <remarks>
/// Opening it indexes every file once, several at a time (indexes are cached on disk), and keeps no file open. A file that cannot be
/// indexed is left out with a warning; a damaged one that gives frames is kept with a warning. Frames are not rotated; HDR ones are converted like any other.
/// </remarks>
public sealed class VideoClipSource : IClipSource
{
    private VideoClipSource(IReadOnlyList<ClipInfo> clips, IReadOnlyList<string> warnings)
    {
        Clips = clips;
        Warnings = warnings;
    }

    /// <summary>How readers read, but for their cache.</summary>
    internal FrameReaderOptions Reading { get; private init; } = VideoClipReader.Options;

    /// <summary>What decoded the readers that were closed so far.</summary>
    internal DecoderTally Decoders { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<ClipInfo> Clips { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Indexes files.</summary>
    /// <param name="paths">Video files and folders of pictures, as from <see cref="DataSet.Training"/>.</param>
    /// <param name="threads">Files indexed at the same time; 0 for one a processor, at most 16.</param>
    /// <param name="cancellation">Ends the indexing early.</param>
    /// <exception cref="VsrException">No file can be used.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static VideoClipSource Open(IReadOnlyList<string> paths, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ClipInfo?[] clips = new ClipInfo?[paths.Count];
        string?[] warnings = new string?[paths.Count];
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = threads > 0 ? threads : Math.Min(16, Environment.ProcessorCount),
            CancellationToken = cancellation,
        };
        Parallel.For(0, paths.Count, parallel, i =>
        {
            try
            {
                (clips[i], warnings[i]) = Describe(paths[i]);
            }
            catch (Exception failure) when (failure is VsrException or IOException or UnauthorizedAccessException)
            {
                warnings[i] = ClipWarning.LeftOut(paths[i], failure);
            }
        });
        VideoClipSource source = new([.. clips.OfType<ClipInfo>()], [.. warnings.OfType<string>()]);
        return source.Clips.Count > 0 || paths.Count == 0
            ? source
            : throw new VsrException($"none of {paths.Count} files can be read: {source.Warnings[0]}");
    }

    /// <summary>Every colour.</summary>
    public bool Delivers(SampleColor color) => true;

    /// <inheritdoc/>
    public IClipReader Open(int clip) => Open(clip, 0);

    /// <summary>Opens a clip whose reader keeps decoded frames for later calls.</summary>
    internal IClipReader Open(int clip, long cacheBytes)
    {
        ClipInfo info = Clips[clip];
        return Directory.Exists(info.Name) ? new PictureClipReader(info) : new VideoClipReader(
            info, Reading with { MemoryLimitBytes = cacheBytes }, Decoders);
    }

    /// <summary>The same clips, read by another decoder. Each reader has a decoder of its own: meant for reading whole clips.</summary>
    /// <param name="decoder">What decodes.</param>
    /// <param name="device">The number of the GPU for NVDEC.</param>
    internal VideoClipSource DecodedBy(VideoDecoderKind decoder, int device) =>
        new(Clips, Warnings) { Reading = Reading with { Decoder = decoder, Device = device } };

    /// <summary>Does nothing: no file is open.</summary>
    public void Dispose()
    {
    }

    private static (ClipInfo Clip, string? Warning) Describe(string path)
    {
        if (Directory.Exists(path))
        {
            using IFrameSource pictures = FrameSource.Open(path);
            return (new ClipInfo(path, pictures.FrameCount, pictures.Width, pictures.Height), null);
        }

        using FrameReader reader = new(path, VideoClipReader.Options);
        ClipInfo clip = new(path, reader.FrameCount, reader.Stream.Width, reader.Stream.Height)
        {
            Times = FrameTimes.Of(reader.Index, reader.Stream.TimeBase),
            Stream = reader.Stream,
            NvdecProblem = NvdecSupport.WhyIndexIsNot(reader.Index),
            NvdecNotice = NvdecSupport.WhyInexact(reader.Index),
        };
        return (clip, reader.Index.Warnings.Count > 0 ? $"{path}: {reader.Index.Warnings[0]}" : null);
    }
}
