using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>A video file that is open for reading on the GPU. One thread at a time; several decoders may take turns with it.</summary>
internal sealed class NvdecClip : IDisposable
{
    private readonly Demuxer _demuxer;
    private readonly bool _ownsDemuxer;

    /// <summary>Opens a file and reads its index, from the cache where it has it. Asks no GPU.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Which stream, and where indexes are kept.</param>
    /// <param name="sibling">The same file, open already: its index is shared and opening is quick. Null for the first.</param>
    /// <exception cref="VideoFormatException">The file is no video, or no frame comes out of it.</exception>
    /// <exception cref="DecoderUnavailableException">Its kind of video or its index rules out reading on any GPU.</exception>
    public NvdecClip(string path, FrameReaderOptions options, NvdecClip? sibling = null)
    {
        _demuxer = new Demuxer(path, options.Stream, sibling?._demuxer.Info);
        _ownsDemuxer = true;
        Path = path;
        try
        {
            Index = sibling?.Index ?? new FrameIndexLoader(_demuxer, path, options).Load();
            Stream = _demuxer.Info.Video with { VariableRate = Index.IsVariableRate };
            Key = RequireKey();
            Feeder = new PacketFeeder(_demuxer, Index, path);
        }
        catch
        {
            _demuxer.Dispose();
            throw;
        }
    }

    /// <summary>Reads on the GPU through a file that somebody else has open and keeps open.</summary>
    /// <exception cref="DecoderUnavailableException">Its kind of video or its index rules out reading on any GPU.</exception>
    public NvdecClip(Demuxer demuxer, FrameIndex index, string path)
    {
        _demuxer = demuxer;
        Path = path;
        Index = index;
        Stream = demuxer.Info.Video with { VariableRate = index.IsVariableRate };
        Key = RequireKey();
        Feeder = new PacketFeeder(demuxer, index, path);
    }

    /// <summary>The file's path as it was given.</summary>
    public string Path { get; }

    public VideoStreamInfo Stream { get; }

    public FrameIndex Index { get; }

    /// <summary>What decides which decoders can take it.</summary>
    public NvdecKey Key { get; }

    /// <summary>Whether the index was made by decoding: then decoders may differ in what they put out.</summary>
    public bool MayDiffer => Index.IsDecoded;

    /// <summary>What has been done so far.</summary>
    public ReaderStatistics Statistics => new(Feeder.Seeks, Feeder.Packets, Decoded, Delivered);

    /// <summary>Pictures that decoders were given.</summary>
    internal long Decoded { get; set; }

    /// <summary>Frames delivered.</summary>
    internal long Delivered { get; set; }

    internal PacketFeeder Feeder { get; }

    /// <summary>The stream's parameters, among them its colour tags; valid until the file is reopened or closed.</summary>
    internal unsafe AVCodecParameters* Parameters => _demuxer.Stream->Codecpar;

    /// <summary>Why the GPU cannot decode a stream; null when it can.</summary>
    public static string? WhyNot(GpuContext context, VideoStreamInfo stream, FrameIndex? index) =>
        NvdecSupport.WhyNot(stream, index, context.Capabilities);

    /// <summary>Makes sure that the GPU can decode it.</summary>
    /// <exception cref="DecoderUnavailableException">It cannot; the message says what was asked and what the engine has.</exception>
    public void Require(GpuContext context)
    {
        if (WhyNot(context, Stream, Index) is { } reason)
        {
            throw new DecoderUnavailableException($"{Path}: NVDEC cannot decode it: {reason}")
            { Hint = "--decoder software reads it" };
        }
    }

    public void Dispose()
    {
        Feeder.Dispose();
        if (_ownsDemuxer)
        {
            _demuxer.Dispose();
        }
    }

    private NvdecKey RequireKey() => NvdecKey.Of(Stream) is { } key && !Index.MustCount
        ? key
        : throw new DecoderUnavailableException(
            $"{Path}: NVDEC cannot decode it: {NvdecSupport.WhyNot(Stream, Index, _ => null)}");
}
