using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Feeds a decoder exactly the packets of a file that wanted frames need, and goes on where the last call ended.</summary>
/// <remarks>
/// Packets go in from the last start on from which the frames decode exactly. Pictures that no other needs are left out
/// unless they are wanted, and so are leading pictures of HEVC, which refer to what lies before the start; those of H.264
/// go in, as they count among the references of later ones, and what comes of them is not delivered. A wanted picture that
/// the decoder still holds is not decoded again.
/// </remarks>
internal sealed unsafe class PacketFeeder : IDisposable
{
    private readonly FrameIndex _index;
    private readonly string _path;
    private readonly bool _skipsLeading;
    private readonly PacketSeeker _seeker;
    private readonly AnnexBFilter _filter;
    private readonly HashSet<int> _distrustedStarts = [];
    private AVPacket* _packet = LibAvCodec.av_packet_alloc();
    private IPictureDecoder? _decoder;
    private bool _mayGoOn;
    private bool _isAtStart;
    private bool _cameSinceStart;
    private int _start;

    /// <param name="demuxer">The open file, which this one does not own.</param>
    /// <param name="index">Its index, in which each frame's packet is known.</param>
    /// <param name="path">The file's name for messages.</param>
    public PacketFeeder(Demuxer demuxer, FrameIndex index, string path)
    {
        _index = index;
        _path = path;
        _skipsLeading = demuxer.Info.Video.Codec == "hevc";
        _filter = new AnnexBFilter(demuxer.Stream, demuxer.Info.Video.Codec, path);
        _seeker = new PacketSeeker(demuxer, index, path);
    }

    /// <summary>What the stream's header cuts away before the picture.</summary>
    public HeaderCrop Crop => _filter.Crop;

    public long Seeks { get; private set; }

    /// <summary>Packets given to decoders.</summary>
    public long Packets { get; private set; }

    /// <summary>Has frames delivered.</summary>
    /// <param name="ascendingFrames">Their numbers, ascending, none twice.</param>
    /// <param name="decoder">The decoder; another one than in the last call begins anew.</param>
    /// <exception cref="ArgumentException">The numbers do not ascend, or there is no such frame.</exception>
    /// <exception cref="VideoFormatException">A picture does not come.</exception>
    public void Read(ReadOnlySpan<int> ascendingFrames, IPictureDecoder decoder)
    {
        Check(ascendingFrames);
        if (ascendingFrames.IsEmpty)
        {
            return;
        }

        bool mayGoOn = _mayGoOn && ReferenceEquals(decoder, _decoder) && ReferenceEquals(decoder.Owner, this);
        _mayGoOn = false; // until the end: after an exception the position is not known
        _decoder = decoder;
        foreach (WindowGroup group in WindowPlan.Of(_index, ascendingFrames))
        {
            Read(group, decoder, mayGoOn);
            mayGoOn = true;
        }

        _mayGoOn = decoder.Finish();
    }

    public void Dispose()
    {
        _filter.Dispose();
        _seeker.Dispose();
        AVPacket* packet = _packet;
        LibAvCodec.av_packet_free(&packet);
        _packet = null;
    }

    private void Check(ReadOnlySpan<int> frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            if ((uint)frames[i] >= (uint)_index.FrameCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(frames), frames[i], $"{_path} has {_index.FrameCount} frames, numbered from 0");
            }

            if (i > 0 && frames[i] <= frames[i - 1])
            {
                throw new ArgumentException($"frames must ascend, but {frames[i]} follows {frames[i - 1]}", nameof(frames));
            }
        }
    }

    private void Read(WindowGroup group, IPictureDecoder decoder, bool mayGoOn)
    {
        List<int> wanted = [.. group.Packets];
        if (!mayGoOn || !GoesOn(group, decoder))
        {
            Restart(group.Start, decoder);
        }

        while (true)
        {
            int fed = Feed(wanted, decoder, out int missing);
            if (fed == wanted.Count)
            {
                return;
            }

            // A decoder that begins at a key frame only may take no other start.
            bool mayBegin = _cameSinceStart || _start == 0 || !_distrustedStarts.Add(_start);
            if (mayBegin)
            {
                int frame = _index.FrameOfPacket(missing);
                throw new VideoFormatException($"the decoder gives no picture for packet {missing}, frame {frame}", _path)
                { Frame = frame };
            }

            wanted.RemoveRange(0, fed);
            Restart(group.Start, decoder);
        }
    }

    private bool GoesOn(WindowGroup group, IPictureDecoder decoder)
    {
        bool isNear = _index.Starts[group.Start].Packet <= _seeker.NextPacket + WindowPlan.PacketsWorthASeek;
        foreach (int packet in group.Packets)
        {
            isNear &= _index.FrameOfPacket(packet) >= _index.Starts[_start].FirstFrame
                && (packet >= _seeker.NextPacket || decoder.Holds(packet));
        }

        return isNear;
    }

    private void Restart(int start, IPictureDecoder decoder)
    {
        while (_distrustedStarts.Contains(start))
        {
            start--;
        }

        int packet = _index.Starts[start].Packet;
        if (!(_seeker.IsFresh && packet == 0))
        {
            _seeker.Seek(packet);
            Seeks++;
        }

        _filter.Restart();
        decoder.Begin();
        decoder.Owner = this;
        _start = start;
        _isAtStart = true;
        _cameSinceStart = false;
    }

    // How many of the wanted packets are done: fewer than all where no picture came of one that should give it.
    private int Feed(List<int> wanted, IPictureDecoder decoder, out int missing)
    {
        int done = 0;
        missing = -1;
        for (; done < wanted.Count && wanted[done] < _seeker.NextPacket; done++)
        {
            decoder.Deliver(wanted[done], _index.FrameOfPacket(wanted[done]));
        }

        while (done < wanted.Count)
        {
            int number = _seeker.Read(_packet);
            if (number < 0)
            {
                throw new VideoFormatException($"ends before packet {wanted[done]}; the file changed", _path)
                { Frame = _index.FrameOfPacket(wanted[done]) };
            }

            int frame = _index.FrameOfPacket(number);
            bool isWanted = number == wanted[done];
            bool isLeading = frame >= 0 && frame < _index.Starts[_start].FirstFrame;
            if (!isWanted && Skips(number, isLeading))
            {
                continue;
            }

            _filter.Apply(_packet, _isAtStart);
            bool isEmpty = _packet->Size == 0;
            bool came = false;
            if (!isEmpty)
            {
                _isAtStart = false;
                Packets++;
                bool isDiscarded = (_index.Packets[number].Kinds & PacketKinds.Discarded) != 0;
                bool mayFail = isLeading || (frame < 0 && !isDiscarded);
                came = decoder.Feed(_packet, new FedPacket(number, frame, isWanted, mayFail));
                _cameSinceStart |= came;
            }

            bool mustCome = isWanted || (frame >= 0 && !isLeading && !_index.IsDecoded);
            if (!came && mustCome)
            {
                missing = number;
                return done;
            }

            done += isWanted ? 1 : 0;
        }

        return done;
    }

    // Not in a file known by decoding, which may be damaged: what its pictures need is not what their headers say.
    private bool Skips(int packet, bool isLeading)
    {
        bool isDisposable = (_index.Packets[packet].Kinds & PacketKinds.Disposable) != 0 && !_index.IsDecoded;
        return isDisposable || (isLeading && _skipsLeading);
    }
}
