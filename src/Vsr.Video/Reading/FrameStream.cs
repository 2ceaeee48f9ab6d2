using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>A decoder at a position in a file: seeks to a start, verifies where that landed, and decodes forward.</summary>
/// <remarks>
/// Invariants while positioned: <c>_nextPacket</c> is the number of the next packet that the demuxer gives (or that is
/// held), <c>_expected</c> the number of the next frame that comes out as in the whole file.
/// </remarks>
internal sealed unsafe class FrameStream : IFrameStream
{
    // So many frames before the one asked for are decoded even if no other needs them, as the next call may want them.
    private const int FramesKeptBefore = 16;

    // A seek empties the decoder's pipeline, which is worth about this many packets of decoding on.
    private const int PacketsWorthASeek = 2;

    private readonly Demuxer _demuxer;
    private readonly FrameIndex _index;
    private readonly PacketSeeker _seeker;
    private readonly VideoStreamInfo _info;
    private readonly int _framesKeptBefore;
    private readonly string _path;
    private readonly int _threads;

    // What a decoder makes up for missing data comes from its own past: it is the same only from a new decoder in one
    // thread whose pictures are given back to it as in the pass of decoding.
    private readonly bool _isDamaged;
    private readonly HashSet<int> _distrustedStarts = [];
    private readonly HashSet<int> _skipped = [];
    private VideoDecoder _decoder;
    private AVPacket* _packet = LibAvCodec.av_packet_alloc();
    private AVFrame* _frame = LibAvUtil.av_frame_alloc();
    private int _start;
    private int _expected = -1;
    private int _wanted;
    private bool _ended;

    public FrameStream(Demuxer demuxer, FrameIndex index, string path, FrameReaderOptions options)
    {
        _framesKeptBefore = options.MemoryLimitBytes > 0 ? FramesKeptBefore : 0;
        _demuxer = demuxer;
        _index = index;
        _info = demuxer.Info.Video;
        _path = path;
        _isDamaged = index.Warnings.Count > 0;
        _threads = _isDamaged ? 1 : options.EffectiveThreads;
        _decoder = new VideoDecoder(demuxer.Stream, path, _threads);
        _seeker = new PacketSeeker(demuxer, index, path);
    }

    public long Seeks { get; private set; }

    public long Packets { get; private set; }

    public long Decoded { get; private set; }

    /// <inheritdoc/>
    public void Prepare(int frame)
    {
        _wanted = frame;
        int start = StartPoints.For(_index, frame);
        while (_distrustedStarts.Contains(start))
        {
            start--;
        }

        int packet = _index.Starts[start].Packet;
        bool goOn = _expected >= 0 && _expected <= frame && !_skipped.Contains(frame)
            && packet <= _seeker.NextPacket + PacketsWorthASeek;
        if (goOn)
        {
            return;
        }

        bool first = _expected < 0 && !_ended && packet == 0 && _seeker.IsFresh;
        if (!first)
        {
            _seeker.Seek(packet);
            Seeks++;
            Restart();
        }

        _skipped.Clear();
        _start = start;
        _expected = _index.Starts[start].FirstFrame;
        _ended = false;
    }

    /// <inheritdoc/>
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
                PassSkipped(_index.FrameCount);
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

    private void Restart()
    {
        if (!_isDamaged)
        {
            _decoder.Flush();
            return;
        }

        _decoder.Dispose();
        _decoder = new VideoDecoder(_demuxer.Stream, _path, _threads);
    }

    private int Feed()
    {
        int number;
        do
        {
            number = _seeker.Read(_packet);
        }
        while (number >= 0 && Skips(number));

        if (number < 0)
        {
            return _decoder.Send(null, 0);
        }

        Packets++;
        return _decoder.Send(_packet, number);
    }

    // Not in a file known by decoding, which may be damaged: what its pictures need is not what their headers say.
    private bool Skips(int packet)
    {
        int frame = _index.FrameOfPacket(packet);
        bool isDisposable = (_index.Packets[packet].Kinds & PacketKinds.Disposable) != 0 && !_index.IsDecoded;
        return isDisposable && frame >= _expected && frame < _wanted - _framesKeptBefore && _skipped.Add(frame);
    }

    private void PassSkipped(int limit)
    {
        while (_expected < limit && _skipped.Remove(_expected))
        {
            _expected++;
        }
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

        PassSkipped(number);
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

    private void Copy(AVFrame* target)
    {
        target->Format = _frame->Format;
        target->Width = _frame->Width;
        target->Height = _frame->Height;
        int code = LibAvUtil.av_frame_get_buffer(target, 0);
        code = code < 0 ? code : LibAvUtil.av_frame_copy(target, _frame);
        code = code < 0 ? code : LibAvUtil.av_frame_copy_props(target, _frame);
        LibAvUtil.av_frame_unref(_frame);
        if (code < 0)
        {
            LibAvUtil.av_frame_free(&target);
            throw new VsrException($"{_path}: no memory for a frame: {FFmpegError.Describe(code)}");
        }
    }

    private VideoFrame Take(int number)
    {
        long? pts = _index.PtsTicks(number);
        AVFrame* owned = LibAvUtil.av_frame_alloc();
        if (_isDamaged)
        {
            Copy(owned);
        }
        else
        {
            LibAvUtil.av_frame_move_ref(owned, _frame);
        }

        owned->Pts = pts ?? FFmpegConstants.NoPts;
        return new VideoFrame(owned, number, pts, _index.DurationTicks(number), _info.Rotation);
    }
}
