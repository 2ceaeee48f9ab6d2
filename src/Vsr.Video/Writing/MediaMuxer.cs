using Vsr.Interop.FFmpeg;
using Vsr.Video.Writing;

namespace Vsr.Video;

/// <summary>
/// A container being written: streams are added, the header is written, packets follow in any interleaving, and
/// <see cref="Finish"/> gives the file its name.
/// </summary>
/// <remarks>
/// Order of calls: <see cref="AddStream"/> for each stream (encoders' or copied ones alike), <see cref="WriteHeader"/>,
/// <see cref="Write"/> for each packet, <see cref="Finish"/>. Everything is written to a hidden file in the destination's
/// folder; <see cref="Dispose"/> without <see cref="Finish"/> removes it. Streams are known by the index that
/// <see cref="AddStream"/> returned; packets of one stream come in the order of their dts. One thread at a time.
/// The muxer knows no codec: <see cref="VideoEncoder"/> and <see cref="ToneEncoder"/> hand their parameters and packets in.
/// </remarks>
internal sealed unsafe class MediaMuxer : IDisposable
{
    private readonly string _path;
    private readonly string _temporaryPath;
    private AVFormatContext* _context;
    private bool _isOpen;
    private bool _isFinished;
    private long _logMark;

    /// <summary>Creates the hidden file.</summary>
    /// <param name="path">The final name; its extension chooses the container.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced.</param>
    /// <param name="temporaryPath">Another name for the file while it is written; null for a hidden one beside it.</param>
    /// <exception cref="VsrException">No such container, the file exists, or the folder cannot be written.</exception>
    public MediaMuxer(string path, bool overwrite, string? temporaryPath = null)
    {
        _ = FFmpegLibrary.Instance;
        _logMark = FFmpegLog.Mark();
        _path = path;
        _temporaryPath = temporaryPath ?? TemporaryFile.NameBeside(path);
        TemporaryFile.RequireFree(path, overwrite);
        try
        {
            Open();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>True when the container wants codec headers once and not in every key frame (FormatGlobalHeader).</summary>
    public bool WantsGlobalHeaders => (_context->Oformat->Flags & FFmpegConstants.FormatGlobalHeader) != 0;

    /// <summary>FFmpeg's name of the container: "mp4", "mov", "matroska".</summary>
    public string FormatName { get; private set; } = "";

    /// <summary>FFmpeg's context, for settings that this class does not know; not to be freed.</summary>
    public AVFormatContext* Context => _context;

    /// <summary>Adds a stream before the header is written.</summary>
    /// <param name="parameters">Codec, size, extradata...; copied. For copied streams clear the codec tag first.</param>
    /// <param name="timeBase">The unit that the container should count the stream's time in; it may take another.</param>
    /// <returns>The stream; its Index names it in <see cref="Write"/>. Owned by the muxer.</returns>
    /// <exception cref="VsrException">The container refuses.</exception>
    public AVStream* AddStream(AVCodecParameters* parameters, Rational timeBase)
    {
        AVStream* stream = LibAvFormat.avformat_new_stream(_context, null);
        if (stream is null)
        {
            throw new VsrException($"cannot write '{_path}': no memory for a stream");
        }

        Check(LibAvCodec.avcodec_parameters_copy(stream->Codecpar, parameters), "cannot add a stream");
        stream->TimeBase = new AVRational(timeBase.Numerator, timeBase.Denominator);
        return stream;
    }

    /// <summary>Attaches a display matrix of a rotation to a stream, before the header is written.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="rotation">Degrees as ffprobe prints them: counterclockwise from the picture as shown to as coded.</param>
    public void SetRotation(AVStream* stream, int rotation)
    {
        const int size = 9 * sizeof(int);
        const int type = FFmpegConstants.PacketSideDataDisplayMatrix;
        byte* matrix;
        if (FFmpegLibrary.Instance.Release == FFmpegRelease.V51)
        {
            matrix = LibAvFormat.av_stream_new_side_data(stream, type, size);
        }
        else
        {
            AVPacketSideData* list = stream->Codecpar->CodedSideData;
            int count = stream->Codecpar->NbCodedSideData;
            AVPacketSideData* entry = LibAvCodec.av_packet_side_data_new(&list, &count, type, size, 0);
            stream->Codecpar->CodedSideData = list;
            stream->Codecpar->NbCodedSideData = count;
            matrix = entry is null ? null : entry->Data;
        }

        if (matrix is null)
        {
            throw new VsrException($"cannot write '{_path}': no memory for the rotation");
        }

        DisplayMatrix.Write(rotation, new Span<int>(matrix, 9));
    }

    /// <summary>Writes the header; streams' time bases are final from here on.</summary>
    /// <param name="options">The container's options by FFmpeg's names; null for none.</param>
    /// <exception cref="VsrException">The container cannot hold a stream, or the disk is full.</exception>
    public void WriteHeader(IReadOnlyDictionary<string, string>? options = null)
    {
        AVDictionary* dictionary = OptionDictionary.Create(options);
        int result = LibAvFormat.avformat_write_header(_context, &dictionary);
        LibAvUtil.av_dict_free(&dictionary);
        Check(result, "cannot write the header");
    }

    /// <summary>Hands a packet to the container, which takes its data over and leaves it blank.</summary>
    /// <param name="packet">A packet whose times count in <paramref name="timeBase"/>.</param>
    /// <param name="stream">Index of the stream in this container.</param>
    /// <param name="timeBase">The unit of the packet's times.</param>
    /// <exception cref="VsrException">The container refuses the packet, or the disk is full.</exception>
    public void Write(AVPacket* packet, int stream, Rational timeBase)
    {
        _logMark = FFmpegLog.Mark();
        packet->StreamIndex = stream;
        packet->Pos = -1;
        LibAvCodec.av_packet_rescale_ts(
            packet, new AVRational(timeBase.Numerator, timeBase.Denominator), _context->Streams[stream]->TimeBase);
        Check(LibAvFormat.av_interleaved_write_frame(_context, packet), "cannot write a packet");
    }

    /// <summary>Writes what is left, closes the file and gives it its name.</summary>
    /// <exception cref="VsrException">The disk is full, or the name cannot be given.</exception>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_context is null, this);
        Check(LibAvFormat.av_write_trailer(_context), "cannot finish the file");
        Check(Close(), "cannot finish the file");
        TemporaryFile.Rename(_temporaryPath, _path);
        _isFinished = true;
    }

    /// <summary>Frees everything, and removes the hidden file unless <see cref="Finish"/> has been called.</summary>
    public void Dispose()
    {
        if (_context is not null)
        {
            Close();
            LibAvFormat.avformat_free_context(_context);
            _context = null;
        }

        if (!_isFinished)
        {
            TemporaryFile.Remove(_temporaryPath);
        }
    }

    private void Open()
    {
        AVOutputFormat* format = LibAvFormat.av_guess_format(null, _path, null);
        if (format is null)
        {
            throw new VsrException($"cannot write '{_path}': no container goes with the extension "
                + $"'{Path.GetExtension(_path)}'; use .mp4, .mov or .mkv");
        }

        FormatName = Utf8.ToText(format->Name)!;
        AVFormatContext* context;
        Check(LibAvFormat.avformat_alloc_output_context2(&context, format, null, _path), "cannot set the container up");
        _context = context;
        AVIOContext* file;
        Check(LibAvFormat.avio_open2(&file, _temporaryPath, FFmpegConstants.IoWrite, null, null), "cannot open it");
        _context->Pb = file;
        _isOpen = true;
    }

    private int Close()
    {
        if (!_isOpen)
        {
            return 0;
        }

        _isOpen = false;
        AVIOContext* file = _context->Pb;
        int result = LibAvFormat.avio_closep(&file);
        _context->Pb = null;
        return result;
    }

    private void Check(int result, string what)
    {
        if (result < 0)
        {
            throw Failure(what, result);
        }
    }

    private VsrException Failure(string what, int error) =>
        DestinationFailure.Create($"cannot write '{_path}': {what}: {FFmpegError.Describe(error, _logMark)}", -error);
}
