namespace Vsr.Video;

/// <summary>Divides wanted frames into runs of decoding, so that no run decodes past a start that would have saved work.</summary>
internal static class WindowPlan
{
    /// <summary>A seek empties the decoder's pipeline, which is worth about this many packets of decoding on.</summary>
    public const int PacketsWorthASeek = 2;

    /// <summary>The runs for ascending frames of an index whose frames' packets are known.</summary>
    public static List<WindowGroup> Of(FrameIndex index, ReadOnlySpan<int> ascendingFrames)
    {
        List<WindowGroup> groups = [];
        for (int first = 0; first < ascendingFrames.Length;)
        {
            int start = StartPoints.For(index, ascendingFrames[first]);
            int last = index.PacketOfFrame[ascendingFrames[first]];
            int end = first + 1;
            for (; end < ascendingFrames.Length; end++)
            {
                int next = StartPoints.For(index, ascendingFrames[end]);
                if (index.Starts[next].Packet > last + 1 + PacketsWorthASeek)
                {
                    break;
                }

                start = Math.Min(start, next);
                last = Math.Max(last, index.PacketOfFrame[ascendingFrames[end]]);
            }

            while (start > 0 && index.Starts[start].FirstFrame > ascendingFrames[first])
            {
                start--;
            }

            groups.Add(new WindowGroup(start, Packets(index, ascendingFrames[first..end])));
            first = end;
        }

        return groups;
    }

    private static int[] Packets(FrameIndex index, ReadOnlySpan<int> frames)
    {
        int[] packets = new int[frames.Length];
        for (int i = 0; i < packets.Length; i++)
        {
            packets[i] = index.PacketOfFrame[frames[i]];
        }

        Array.Sort(packets);
        return packets;
    }
}
