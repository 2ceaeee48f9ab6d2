using System.IO.Hashing;
using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Decodes a whole file once, in one thread, to learn which frames come out, from which packets, and their pixels' hashes.</summary>
internal sealed unsafe class DecodePass : IDisposable
{
    private readonly Demuxer _demuxer;
    private readonly VideoDecoder _decoder;
    private readonly List<int> _packetOfFrame = [];
    private readonly List<ulong> _hashes = [];
    private readonly long _logMark = FFmpegLog.Mark();
    private AVFrame* _frame = LibAvUtil.av_frame_alloc();
    private AVPacket* _packet = LibAvCodec.av_packet_alloc();
    private int _packetCount;
    private int _errors;
    private string? _firstError;

    private DecodePass(Demuxer demuxer, string path)
    {
        _demuxer = demuxer;
        _decoder = new VideoDecoder(demuxer.Stream, path, threads: 1);
    }

    /// <summary>Completes an index by decoding from the start of the file.</summary>
    /// <param name="demuxer">The open file, at any position; left at its end.</param>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="packets">The packets as they were read before.</param>
    /// <param name="reasons">Why the packets alone do not tell: kept as warnings where they mean damage.</param>
    public static FrameIndex Run(Demuxer demuxer, string path, PacketEntry[] packets, IReadOnlyList<string> reasons)
    {
        demuxer.Rewind();
        using DecodePass pass = new(demuxer, path);
        pass.Decode();
        List<string> warnings = [.. reasons];
        if (pass._errors > 0)
        {
            warnings.Add($"{pass._errors} decoding error(s), the first: {pass._firstError}");
        }

        return new FrameIndex(packets, [.. pass._packetOfFrame], [.. pass._hashes], warnings);
    }

    /// <summary>The hash of a frame's pixels, padding left out.</summary>
    public static ulong Hash(VideoFrame frame)
    {
        XxHash3 hash = new();
        for (int plane = 0; plane < frame.Format.PlaneCount; plane++)
        {
            ReadOnlySpan<byte> rows = frame.Plane(plane);
            int stride = frame.StrideBytes(plane);
            int rowBytes = frame.Format.RowBytes(plane, frame.Width);
            for (int y = 0; y < frame.Format.PlaneHeight(plane, frame.Height); y++)
            {
                hash.Append(rows.Slice(y * stride, rowBytes));
            }
        }

        return hash.GetCurrentHashAsUInt64();
    }

    public void Dispose()
    {
        _decoder.Dispose();
        AVFrame* frame = _frame;
        LibAvUtil.av_frame_free(&frame);
        _frame = null;
        AVPacket* packet = _packet;
        LibAvCodec.av_packet_free(&packet);
        _packet = null;
    }

    private void Decode()
    {
        while (_demuxer.Read(_packet))
        {
            Note(_decoder.Send(_packet, _packetCount++));
            ReceiveAll();
        }

        if (_demuxer.ReadError is { } error)
        {
            _errors++;
            _firstError ??= error;
        }

        Note(_decoder.Send(null, 0));
        ReceiveAll();
    }

    private void ReceiveAll()
    {
        int code;
        while ((code = _decoder.Receive(_frame)) == 0)
        {
            bool known = _frame->Pts >= 0 && _frame->Pts < _packetCount;
            int packet = known ? (int)_frame->Pts : -1;
            bool damaged = _frame->DecodeErrorFlags != 0 || (_frame->Flags & FFmpegConstants.FrameCorrupt) != 0;
            if (damaged)
            {
                NoteError("damaged frame");
            }

            AVFrame* owned = LibAvUtil.av_frame_alloc();
            LibAvUtil.av_frame_move_ref(owned, _frame);
            using VideoFrame frame = new(owned, _packetOfFrame.Count, null, 0, 0);
            _packetOfFrame.Add(packet);
            _hashes.Add(Hash(frame));
        }

        Note(code);
    }

    private void Note(int code)
    {
        if (code < 0 && code != FFmpegConstants.ErrorAgain && code != FFmpegConstants.ErrorEof)
        {
            NoteError(FFmpegError.Describe(code));
        }
    }

    private void NoteError(string description)
    {
        _errors++;
        _firstError ??= FFmpegLog.FirstError(_logMark) ?? description;
    }
}
