namespace Vsr.Video;

/// <summary>Finds the index of an open file in the cache, or makes it and keeps it there.</summary>
internal sealed class FrameIndexLoader(Demuxer demuxer, string path, FrameReaderOptions options)
{
    private readonly FrameIndexCache? _cache = FrameIndexCache.From(options);
    private readonly FrameIndexKey _key = FrameIndexKey.Of(path, demuxer.StreamIndex);

    /// <summary>Gives the index and leaves the file at its start.</summary>
    /// <exception cref="VideoFormatException">The file has no frames.</exception>
    public FrameIndex Load()
    {
        if (_cache?.Find(_key) is { } kept)
        {
            return WithFrames(kept);
        }

        return Keep(FrameIndexBuilder.Build(demuxer, path));
    }

    /// <summary>Makes the index anew by decoding, as reading has found the one of the packets wrong.</summary>
    /// <exception cref="VideoFormatException">The file has no frames.</exception>
    public FrameIndex Complete(FrameIndex index) => Keep(DecodePass.Run(demuxer, path, index.Packets, []));

    private FrameIndex Keep(FrameIndex index)
    {
        _cache?.Keep(_key, index);
        WithFrames(index);
        demuxer.Rewind();
        return index;
    }

    private FrameIndex WithFrames(FrameIndex index)
    {
        if (index.FrameCount > 0)
        {
            return index;
        }

        string why = index.Warnings.Count > 0 ? $" ({index.Warnings[^1]})" : "";
        throw new VideoFormatException(
            index.PacketCount == 0
                ? $"has no frames: stream {demuxer.StreamIndex} has no packets{why}"
                : $"has no frames: none of the {index.PacketCount} packets of stream {demuxer.StreamIndex} decodes{why}",
            path)
        { Stream = demuxer.StreamIndex };
    }
}
