namespace Vsr.Video;

/// <summary>How a <see cref="FrameReader"/> reads.</summary>
public sealed record FrameReaderOptions
{
    private const int MostThreads = 64;

    /// <summary>The default of <see cref="MemoryLimitBytes"/>: 64 MB.</summary>
    public const long DefaultMemoryLimitBytes = 64L << 20;

    /// <summary>
    /// What decodes: Software (default), Nvdec, or Auto, which takes NVDEC where there is a GPU that decodes the file to the
    /// same frames. <see cref="FrameReader.DecoderInUse"/> says which it is.
    /// </summary>
    public VideoDecoderKind Decoder { get; init; } = VideoDecoderKind.Software;

    /// <summary>The number of the GPU for NVDEC, from 0 (default).</summary>
    public int Device { get; init; }

    /// <summary>The number of the video stream; null (default) for the first that is no attached picture.</summary>
    public int? Stream { get; init; }

    /// <summary>
    /// Threads of the decoder, 1 to 64; null (default) for the processors at hand, at most 4. More threads speed up
    /// reading in order and decode some frames too many in random order. Frames do not depend on it.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// How much memory of decoded frames is kept for later calls, in bytes; 0 for none. 64 MB by default, which holds the
    /// current group of pictures of most videos; frames used longest ago go first. Frames that the caller holds are not
    /// counted.
    /// </summary>
    public long MemoryLimitBytes { get; init; } = DefaultMemoryLimitBytes;

    /// <summary>Whether the index is looked up in the cache and kept there; true by default.</summary>
    public bool CacheIndex { get; init; } = true;

    /// <summary>The folder of cached indexes; null (default) for $XDG_CACHE_HOME/vsr/index, else ~/.cache/vsr/index.</summary>
    public string? IndexCacheFolder { get; init; }

    /// <summary>Where the GPU's decoders come from, which then are on its GPU; null (default) for one of the reader's own.</summary>
    internal NvdecDecoderPool? DecoderPool { get; init; }

    /// <summary>The number of threads in effect.</summary>
    internal int EffectiveThreads => Threads ?? Math.Min(Environment.ProcessorCount, 4);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        if (Threads is < 1 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, $"Threads must be 1 to {MostThreads}");
        }

        if (!Enum.IsDefined(Decoder))
        {
            throw new ArgumentOutOfRangeException(nameof(Decoder), Decoder, "Decoder must be Auto, Software or Nvdec");
        }

        if (Device < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Device), Device, "Device must be 0 or more");
        }

        if (MemoryLimitBytes < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(MemoryLimitBytes), MemoryLimitBytes, "MemoryLimitBytes must be 0 or more");
        }
    }
}
