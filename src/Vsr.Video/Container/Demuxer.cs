using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>An open file and its chosen video stream: reads packets in the file's order and seeks. One thread at a time.</summary>
internal sealed unsafe class Demuxer : IDisposable
{
    private const string Mov = "mov,mp4,m4a,3gp,3g2,mj2";       // what FFmpeg calls .mp4 and .mov

    private readonly string _path;
    private readonly int? _wantedStream;
    private AVFormatContext* _context;

    /// <summary>Opens a file and chooses a stream: the given one, else the first video that is no attached picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stream">The stream's number; null to choose.</param>
    /// <param name="known">
    /// What another demuxer of the same file says of it: where the container's headers describe the stream, its packets are then not
    /// looked at, which takes most of the time of opening. Null to look.
    /// </param>
    /// <exception cref="VideoFormatException">The file is no video, or lacks the stream.</exception>
    public Demuxer(string path, int? stream, VideoFileInfo? known = null)
    {
        _path = path;
        _wantedStream = stream;
        InputFile.Check(path);
        _ = FFmpegLibrary.Instance;
        try
        {
            OpenInput();
            bool isKnown = known is not null && IsDescribed(known);
            if (!isKnown)
            {
                FindStreams();
            }

            Info = isKnown ? known! : StreamDescriptions.Read(_context, path, stream);
            DiscardOthers();
        }
        catch
        {
            Close();
            throw;
        }
    }

    ~Demuxer() => Close();

    /// <summary>What the headers say.</summary>
    public VideoFileInfo Info { get; }

    /// <summary>The number of the chosen stream.</summary>
    public int StreamIndex => Info.Video.Index;

    /// <summary>The chosen stream.</summary>
    public AVStream* Stream
    {
        get
        {
            ObjectDisposedException.ThrowIf(_context is null, this);
            return _context->Streams[StreamIndex];
        }
    }

    /// <summary>The open file.</summary>
    public AVFormatContext* Context => _context;

    /// <summary>Why reading stopped before the end of the file; null at a regular end.</summary>
    public string? ReadError { get; private set; }

    /// <summary>Reads the next packet of the chosen stream; false at the end or where the file cannot be read on.</summary>
    public bool Read(AVPacket* packet)
    {
        long mark = FFmpegLog.Mark();
        while (true)
        {
            LibAvCodec.av_packet_unref(packet);
            int code = LibAvFormat.av_read_frame(_context, packet);
            if (code < 0)
            {
                ReadError = code == FFmpegConstants.ErrorEof ? null : FFmpegError.Describe(code, mark);
                return false;
            }

            if (packet->StreamIndex == StreamIndex)
            {
                return true;
            }
        }
    }

    /// <summary>Whether the container's list of the stream's packets names some behind the end of the file. Of .mp4 and .mov alone: other lists are of key frames.</summary>
    public bool ListsPacketsBehindEnd()
    {
        if (Info.Container != Mov || _context->Pb is null || LibAvFormat.avio_size(_context->Pb) is not (> 0 and long end))
        {
            return false;
        }

        int count = LibAvFormat.avformat_index_get_entries_count(Stream);
        for (int i = 0; i < count; i++)
        {
            AVIndexEntry* entry = LibAvFormat.avformat_index_get_entry(Stream, i);
            if (entry is not null && entry->Pos + entry->Size > end)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Seeks to the last key frame of the container's own list at or before a presentation time.</summary>
    /// <returns>False where the container cannot; the position is then undefined.</returns>
    public bool TrySeek(long ptsTicks) =>
        LibAvFormat.av_seek_frame(_context, StreamIndex, ptsTicks, FFmpegConstants.SeekBackward) >= 0;

    /// <summary>Goes back to the first packet by opening the file anew, which works for every container.</summary>
    public void Rewind()
    {
        Close();
        OpenInput();
        FindStreams();
        if (_context->NbStreams <= StreamIndex)
        {
            throw new VideoFormatException("changed while it was read", _path);
        }

        DiscardOthers();
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private void OpenInput()
    {
        long mark = FFmpegLog.Mark();
        AVFormatContext* context = null;
        int code = LibAvFormat.avformat_open_input(&context, "file:" + _path, null, null);
        if (code < 0)
        {
            throw new VideoFormatException(
                $"is no video that FFmpeg can read: {FFmpegError.Describe(code, mark)}", _path);
        }

        _context = context;
    }

    // An .mp4 or .mov says in its header what a decoder must know; of a stream that is not told there, nothing is skipped.
    private bool IsDescribed(VideoFileInfo known)
    {
        if (known.Container != Mov || known.Video.Index >= _context->NbStreams)
        {
            return false;
        }

        AVCodecParameters* parameters = _context->Streams[known.Video.Index]->Codecpar;
        return parameters->ExtradataSize > 0 && parameters->Width == known.Video.Width && parameters->Height == known.Video.Height;
    }

    private void FindStreams()
    {
        long mark = FFmpegLog.Mark();
        int code = LibAvFormat.avformat_find_stream_info(_context, null);
        if (code < 0)
        {
            throw new VideoFormatException(
                $"FFmpeg finds nothing to play in it: {FFmpegError.Describe(code, mark)}", _path)
            { Stream = _wantedStream };
        }
    }

    private void DiscardOthers()
    {
        for (int i = 0; i < _context->NbStreams; i++)
        {
            _context->Streams[i]->Discard = i == StreamIndex ? FFmpegConstants.DiscardDefault : FFmpegConstants.DiscardAll;
        }
    }

    private void Close()
    {
        AVFormatContext* context = _context;
        _context = null;
        if (context is not null)
        {
            LibAvFormat.avformat_close_input(&context);
        }
    }
}
