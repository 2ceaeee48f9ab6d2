using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>A decoder at a position in a file: seeks to a start, verifies where that landed, and decodes forward.</summary>
/// <remarks>
/// Invariants while positioned: <c>_nextPacket</c> is the number of the next packet that the demuxer gives (or that is
/// held), <c>_expected</c> the number of the next frame that comes out as in the whole file.
/// </remarks>
internal sealed unsafe class FrameStream : IDisposable
{
    // A seek empties the decoder's pipeline, which is worth about this many packets of decoding on.
    private const int PacketsWorthASeek = 2;

    private readonly Demuxer _demuxer;
    private readonly FrameIndex _index;
    private readonly VideoDecoder _decoder;
    private readonly PacketSeeker _seeker;
    private readonly VideoStreamInfo _info;
    private readonly HashSet<int> _distrustedStarts = [];
    private AVPacket* _packet = LibAvCodec.av_packet_alloc();
    private AVFrame* _frame = LibAvUtil.av_frame_alloc();
    private int _start;
    private int _expected = -1;
    private bool _ended;

    public FrameStream(Demuxer demuxer, FrameIndex index, string path, int threads)
    {
        _demuxer = demuxer;
        _index = index;
        _info = demuxer.Info.Video;
        _decoder = new VideoDecoder(demuxer.Stream, path, index.Warnings.Count > 0 ? 1 : threads);
        _seeker = new PacketSeeker(demuxer, index, path);
    }

    public long Seeks { get; private set; }

    public long Packets { get; private set; }

    public long Decoded { get; private set; }

    /// <summary>Makes the frame one of the next to come out: goes on where that is cheaper, else seeks.</summary>
    public void Prepare(int frame)
    {
        int start = StartPoints.For(_index, frame);
        while (_distrustedStarts.Contains(start))
        {
            start--;
        }

        int packet = _index.Starts[start].Packet;
        bool goOn = _expected >= 0 && _expected <= frame && packet <= _seeker.NextPacket + PacketsWorthASeek;
        if (goOn)
        {
            return;
        }

        bool first = _expected < 0 && !_ended && packet == 0 && _seeker.IsFresh;
        if (!first)
        {
            _decoder.Flush();
            _seeker.Seek(packet);
            Seeks++;
        }

        _start = start;
        _expected = _index.Starts[start].FirstFrame;
        _ended = false;
    }

    /// <summary>Decodes until the next frame comes out.</summary>
    /// <param name="frame">The frame, for the caller to dispose; null unless there is one.</param>
    public StreamStep Next(out VideoFrame? frame)
    {
        frame = null;
        while (true)
        {
            int code = _decoder.Receive(_frame);
            if (code == 0)
            {
                Decoded++;
                StreamStep? step = Accept(out frame);
                if (step is { } known)
                {
                    return known;
                }
            }
            else if (code == FFmpegConstants.ErrorEof)
            {
                bool complete = _expected == _index.FrameCount;
                _expected = -1;
                _ended = true;
                return complete ? StreamStep.End : StreamStep.Mismatch;
            }
            else if ((code != FFmpegConstants.ErrorAgain && Failed()) || (Feed() < 0 && Failed()))
            {
                return StreamStep.Mismatch;
            }
        }
    }

    /// <summary>Never begins again where it last began; false where that was a start that cannot be wrong.</summary>
    /// <remarks>A closed start cannot be, unless the file is damaged, which an index made by decoding knows.</remarks>
    public bool DistrustStart()
    {
        _expected = -1;
        PacketKinds kinds = _index.Packets[_index.Starts[_start].Packet].Kinds;
        bool mayBeWrong = _index.IsDecoded || (kinds & PacketKinds.ClosedStart) == 0;
        return _start > 0 && mayBeWrong && _distrustedStarts.Add(_start);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _seeker.Dispose();
        AVFrame* frame = _frame;
        LibAvUtil.av_frame_free(&frame);
        _frame = null;
        AVPacket* packet = _packet;
        LibAvCodec.av_packet_free(&packet);
        _packet = null;
    }

    // An error in an index made by decoding is known and is in its warnings; elsewhere it is a discovery.
    private bool Failed()
    {
        if (_index.IsDecoded)
        {
            return false;
        }

        _expected = -1;
        return true;
    }

    private int Feed()
    {
        int number = _seeker.Read(_packet);
        if (number < 0)
        {
            return _decoder.Send(null, 0);
        }

        Packets++;
        return _decoder.Send(_packet, number);
    }

    // Null: a frame to pass over, which precedes those that are exact from this start.
    private StreamStep? Accept(out VideoFrame? frame)
    {
        frame = null;
        long packet = _frame->Pts;
        int number = _index.MustCount ? _expected : packet >= 0 ? _index.FrameOfPacket((int)packet) : -1;
        bool damaged = _frame->DecodeErrorFlags != 0 || (_frame->Flags & FFmpegConstants.FrameCorrupt) != 0;
        if (number >= 0 && number < _index.Starts[_start].FirstFrame)
        {
            LibAvUtil.av_frame_unref(_frame);
            return null;
        }

        if (number != _expected || number >= _index.FrameCount || (damaged && !_index.IsDecoded))
        {
            LibAvUtil.av_frame_unref(_frame);
            _expected = -1;
            return StreamStep.Mismatch;
        }

        frame = Take(number);
        if (_index.Hashes is { } hashes && _start > 0 && DecodePass.Hash(frame) != hashes[number])
        {
            frame.Dispose();
            frame = null;
            _expected = -1;
            return StreamStep.Mismatch;
        }

        _expected++;
        return StreamStep.Frame;
    }

    private VideoFrame Take(int number)
    {
        long? pts = _index.PtsTicks(number);
        AVFrame* owned = LibAvUtil.av_frame_alloc();
        LibAvUtil.av_frame_move_ref(owned, _frame);
        owned->Pts = pts ?? FFmpegConstants.NoPts;
        return new VideoFrame(owned, number, pts, _index.DurationTicks(number), _info.Rotation);
    }
}
