namespace Vsr.Video;

/// <summary>Keeps decoded frames up to a number of bytes; the one used longest ago goes first.</summary>
internal sealed class FrameCache(long limitBytes) : IDisposable
{
    private readonly Dictionary<int, LinkedListNode<VideoFrame>> _nodes = [];
    private readonly LinkedList<VideoFrame> _oldestFirst = [];

    /// <summary>The bytes of the frames kept.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Another owner of a kept frame; null where it is not kept.</summary>
    public VideoFrame? Find(int index)
    {
        if (!_nodes.TryGetValue(index, out LinkedListNode<VideoFrame>? node))
        {
            return null;
        }

        _oldestFirst.Remove(node);
        _oldestFirst.AddLast(node);
        return node.Value.Share();
    }

    /// <summary>Takes ownership of a frame, which may be disposed at once where it does not fit.</summary>
    public void Add(VideoFrame frame)
    {
        long bytes = frame.HeldBytes;
        if (bytes > limitBytes || _nodes.ContainsKey(frame.Index))
        {
            frame.Dispose();
            return;
        }

        while (HeldBytes + bytes > limitBytes)
        {
            Remove(_oldestFirst.First!);
        }

        _nodes[frame.Index] = _oldestFirst.AddLast(frame);
        HeldBytes += bytes;
    }

    /// <summary>Disposes all frames kept.</summary>
    public void Clear()
    {
        while (_oldestFirst.First is { } node)
        {
            Remove(node);
        }
    }

    public void Dispose() => Clear();

    private void Remove(LinkedListNode<VideoFrame> node)
    {
        _oldestFirst.Remove(node);
        _nodes.Remove(node.Value.Index);
        HeldBytes -= node.Value.HeldBytes;
        node.Value.Dispose();
    }
}
