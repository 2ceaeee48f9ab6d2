namespace Vsr.Video;

/// <summary>Which frames a video stream has, in the order in which the decoder puts them out, and where they lie in the file.</summary>
/// <remarks>
/// Frame i is the i-th picture that the decoder puts out when the file is decoded from its start. The index is read from
/// the packets without decoding; where that does not tell (a file that starts on no key frame, is cut short or damaged, a
/// codec without a picture order), one pass of decoding completes it. Immutable.
/// </remarks>
public sealed class FrameIndex
{
    private readonly int[] _frameOfPacket;
    private readonly Lazy<Dictionary<PacketIdentity, int>> _numbers;

    internal FrameIndex(PacketEntry[] packets, int[] packetOfFrame, ulong[]? hashes, IReadOnlyList<string> warnings)
    {
        Packets = packets;
        _numbers = new Lazy<Dictionary<PacketIdentity, int>>(NumberPackets);
        PacketOfFrame = packetOfFrame;
        Hashes = hashes;
        Warnings = warnings;
        KeyFrameCount = packets.Count(packet => (packet.Kinds & PacketKinds.Key) != 0);
        _frameOfPacket = new int[packets.Length];
        Array.Fill(_frameOfPacket, -1);
        for (int frame = 0; frame < packetOfFrame.Length; frame++)
        {
            int packet = packetOfFrame[frame];
            if (packet < 0 || _frameOfPacket[packet] >= 0)
            {
                MustCount = true;
                break;
            }

            _frameOfPacket[packet] = frame;
        }

        Starts = StartPoints.Find(this);
        IsVariableRate = FrameSteps.Vary(this);
    }

    /// <summary>The number of frames that decoding the whole file gives.</summary>
    public int FrameCount => PacketOfFrame.Length;

    /// <summary>The number of packets of the stream.</summary>
    public int PacketCount => Packets.Length;

    /// <summary>The number of packets that are key frames, whatever the container says.</summary>
    public int KeyFrameCount { get; }

    /// <summary>Whether the steps between frames' presentation times differ by more than a tick.</summary>
    public bool IsVariableRate { get; }

    /// <summary>Whether a pass of decoding completed the index.</summary>
    public bool IsDecoded => Hashes is not null;

    /// <summary>What is wrong with the file though frames come out of it: one line each, without the file's name.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The packets in the file's order.</summary>
    internal PacketEntry[] Packets { get; }

    /// <summary>The packet that each frame comes from; -1 where the decoder does not tell.</summary>
    internal int[] PacketOfFrame { get; }

    /// <summary>A hash of each frame's pixels from the pass of decoding; null without one.</summary>
    internal ulong[]? Hashes { get; }

    /// <summary>Where decoding can begin, ascending.</summary>
    internal StartPoint[] Starts { get; }

    /// <summary>Whether frames are told only by counting from the start of the file.</summary>
    internal bool MustCount { get; }

    /// <summary>The presentation time of a frame in ticks of the stream's time base; null where the file has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public long? PtsTicks(int frame)
    {
        int packet = PacketOfFrame[Checked(frame)];
        return packet < 0 ? null : Packets[packet].PtsOrNull;
    }

    /// <summary>The duration of a frame in ticks; 0 where the file has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public long DurationTicks(int frame)
    {
        int packet = PacketOfFrame[Checked(frame)];
        return packet < 0 ? 0 : Packets[packet].Duration;
    }

    /// <summary>Whether a frame is a key frame by its coded data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    public bool IsKeyFrame(int frame)
    {
        int packet = PacketOfFrame[Checked(frame)];
        return packet >= 0 && (Packets[packet].Kinds & PacketKinds.Key) != 0;
    }

    /// <summary>Finds the number of a packet by what tells it from the others; packets that nothing tells apart are not found.</summary>
    internal bool TryFindPacket(in PacketIdentity identity, out int packet) =>
        _numbers.Value.TryGetValue(identity, out packet) && packet >= 0;

    /// <summary>The frame that a packet gives; -1 for none.</summary>
    internal int FrameOfPacket(int packet) => (uint)packet < (uint)_frameOfPacket.Length ? _frameOfPacket[packet] : -1;

    private Dictionary<PacketIdentity, int> NumberPackets()
    {
        Dictionary<PacketIdentity, int> numbers = new(Packets.Length);
        for (int packet = 0; packet < Packets.Length; packet++)
        {
            if (!numbers.TryAdd(PacketIdentity.Of(Packets[packet]), packet))
            {
                numbers[PacketIdentity.Of(Packets[packet])] = -1;
            }
        }

        return numbers;
    }

    private int Checked(int frame) => (uint)frame < (uint)FrameCount
        ? frame
        : throw new ArgumentOutOfRangeException(
            nameof(frame), frame, $"there are {FrameCount} frames, numbered from 0 to {FrameCount - 1}");
}
