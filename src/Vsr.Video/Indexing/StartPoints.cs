namespace Vsr.Video;

/// <summary>Finds where decoding can begin and from which frame on it is exact.</summary>
internal static class StartPoints
{
    /// <summary>The starts in the file's order; the first is always packet 0, from which everything is exact.</summary>
    public static StartPoint[] Find(FrameIndex index)
    {
        List<StartPoint> starts = [new StartPoint(0, 0)];
        if (index.MustCount)
        {
            return [.. starts];
        }

        int[] firstFrameFrom = FirstFrameFrom(index);
        for (int packet = 1; packet < index.PacketCount; packet++)
        {
            PacketKinds kinds = index.Packets[packet].Kinds;
            int first = (kinds & PacketKinds.ClosedStart) != 0 ? firstFrameFrom[packet] : index.FrameOfPacket(packet);
            if (index.Packets[packet].IsStart && first >= 0 && first < index.FrameCount)
            {
                starts.Add(new StartPoint(packet, first));
            }
        }

        return [.. starts];
    }

    /// <summary>The number in <see cref="FrameIndex.Starts"/> of the last start from which a frame decodes exactly.</summary>
    public static int For(FrameIndex index, int frame)
    {
        int packet = index.MustCount ? 0 : index.PacketOfFrame[frame];
        StartPoint[] starts = index.Starts;
        int low = 0;
        int high = starts.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = starts[middle].Packet <= packet ? (middle, high) : (low, middle - 1);
        }

        while (low > 0 && starts[low].FirstFrame > frame)
        {
            low--;
        }

        return low;
    }

    // The smallest frame number among a packet and all later ones.
    private static int[] FirstFrameFrom(FrameIndex index)
    {
        int[] first = new int[index.PacketCount];
        int smallest = index.FrameCount;
        for (int packet = index.PacketCount - 1; packet >= 0; packet--)
        {
            int frame = index.FrameOfPacket(packet);
            smallest = frame >= 0 ? Math.Min(smallest, frame) : smallest;
            first[packet] = smallest;
        }

        return first;
    }
}
