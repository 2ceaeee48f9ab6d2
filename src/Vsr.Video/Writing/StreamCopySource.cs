using Vsr.Interop.FFmpeg;

namespace Vsr.Video.Writing;

/// <summary>
/// The streams of a file beside the chosen video, read a second time as packets, to be written into another container.
/// </summary>
/// <remarks>
/// Packets are read only when the output has come to their time (<see cref="WriteUntil"/>), so nothing piles up, however
/// the input is interleaved and however far the network and the encoder lag. Order of calls: construct, read
/// <see cref="Decisions"/>, <see cref="AddStreams"/>, after the muxer's header <see cref="WriteUntil"/> before each video
/// packet, <see cref="WriteRest"/>. One thread.
/// <para>
/// Times stay what they are, but: files whose clock starts anywhere (MPEG transport and program streams) are moved so that
/// the file starts at 0, the video alike (<see cref="ShiftMicroseconds"/>); Matroska, which has no negative times, gets 0
/// for the packets before 0 (the priming of AAC).
/// </para>
/// </remarks>
internal sealed unsafe partial class StreamCopySource : IDisposable
{
    private const int StartsAnywhere = 0x0200; // AVFMT_TS_DISCONT

    private readonly string _path;
    private readonly StreamCopyContainer _container;
    private readonly int _videoStream;
    private readonly StreamCopyTrack?[] _tracks;
    private AVFormatContext* _context;
    private AVPacket* _packet;
    private AVPacket* _converted;

    /// <summary>Opens the file and decides about its streams.</summary>
    /// <param name="path">The input.</param>
    /// <param name="videoStream">Index of the video stream that is written anew.</param>
    /// <param name="container">What is written.</param>
    /// <exception cref="VsrException">The file cannot be opened.</exception>
    public StreamCopySource(string path, int videoStream, StreamCopyContainer container)
    {
        _ = FFmpegLibrary.Instance;
        _path = path;
        _container = container;
        _videoStream = videoStream;
        try
        {
            Open();
            Decisions = Decide();
        }
        catch
        {
            Dispose();
            throw;
        }

        _tracks = new StreamCopyTrack?[_context->NbStreams];
        foreach (StreamCopyDecision decision in Decisions.Where(decision => decision.Action != StreamCopyAction.LeaveOut))
        {
            _tracks[decision.Stream.Index] = new StreamCopyTrack(decision);
        }

        for (int i = 0; i < _tracks.Length; i++)
        {
            _context->Streams[i]->Discard = _tracks[i] is null ? FFmpegConstants.DiscardAll : FFmpegConstants.DiscardDefault;
        }

        bool isAnywhere = (_context->Iformat->Flags & StartsAnywhere) != 0 && _context->StartTime != FFmpegConstants.NoPts;
        ShiftMicroseconds = isAnywhere ? -_context->StartTime : 0;
    }

    /// <summary>What becomes of each stream but the chosen video, in the input's order.</summary>
    public IReadOnlyList<StreamCopyDecision> Decisions { get; } = [];

    /// <summary>What is added to all times of the input, the video's too; 0 but for MPEG transport and program streams.</summary>
    public long ShiftMicroseconds { get; }

    /// <summary>
    /// Whether the display matrix of the video (rotation, flips) is lost: Matroska's muxer writes it from FFmpeg 7.1 on.
    /// </summary>
    public bool LosesDisplayMatrix => _container == StreamCopyContainer.Matroska
        && FFmpegLibrary.Instance.Release != FFmpegRelease.V71
        && StreamCopyTags.HasDisplayMatrix(_context->Streams[_videoStream]);

    /// <summary>Sample rates of the sound that is kept: units that the container counts in.</summary>
    public IReadOnlyList<int> SampleRates => [.. _tracks.OfType<StreamCopyTrack>()
        .Where(track => track.Decision.Stream.Type == "audio")
        .Select(track => _context->Streams[track.Decision.Stream.Index]->Codecpar->SampleRate)];

    /// <summary>Adds the kept streams, all tags and the chapters to the output, before its header is written.</summary>
    /// <param name="muxer">The output.</param>
    /// <param name="video">The output's video stream, which gets the tags and the display matrix of the input's.</param>
    public void AddStreams(MediaMuxer muxer, AVStream* video)
    {
        AVStream* input = _context->Streams[_videoStream];
        StreamCopyTags.CopyEncoded(input, video);
        StreamCopyTags.CopyDisplayMatrix(input, video);
        StreamCopyTags.CopyFile(_context, muxer.Context);
        StreamCopyChapters.Copy(_context, muxer.Context, ShiftMicroseconds);
        foreach (StreamCopyTrack track in _tracks.OfType<StreamCopyTrack>())
        {
            AVStream* source = _context->Streams[track.Decision.Stream.Index];
            AVStream* stream = track.Decision.Action == StreamCopyAction.ConvertText
                ? AddTextStream(muxer, track.Decision.OutputCodec!, source)
                : AddCopiedStream(muxer, source);
            StreamCopyTags.CopyAll(source, stream);
            track.OutputIndex = stream->Index;
        }
    }

    /// <summary>Closes the input.</summary>
    public void Dispose()
    {
        AVPacket* packet = _packet;
        LibAvCodec.av_packet_free(&packet);
        _packet = null;
        packet = _converted;
        LibAvCodec.av_packet_free(&packet);
        _converted = null;
        AVFormatContext* context = _context;
        LibAvFormat.avformat_close_input(&context);
        _context = null;
    }

    private AVStream* AddCopiedStream(MediaMuxer muxer, AVStream* source)
    {
        AVStream* stream = muxer.AddStream(source->Codecpar, ToRational(source->TimeBase));
        bool isMovText = Utf8.ToText(LibAvCodec.avcodec_get_name(source->Codecpar->CodecId)) == "mov_text";
        stream->Codecpar->CodecTag = isMovText ? StreamCopyTags.Tx3g : 0;
        return stream;
    }

    private static AVStream* AddTextStream(MediaMuxer muxer, string codec, AVStream* source)
    {
        AVCodecParameters* parameters = LibAvCodec.avcodec_parameters_alloc();
        try
        {
            parameters->CodecType = FFmpegConstants.MediaSubtitle;
            parameters->CodecId = LibAvCodec.avcodec_descriptor_get_by_name(codec)->Id;
            if (codec == "mov_text")
            {
                const int padding = 64; // AV_INPUT_BUFFER_PADDING_SIZE
                ReadOnlySpan<byte> description = StreamCopyText.MovTextDescription;
                byte* extradata = (byte*)LibAvUtil.av_mallocz((nuint)(description.Length + padding));
                description.CopyTo(new Span<byte>(extradata, description.Length));
                parameters->Extradata = extradata;
                parameters->ExtradataSize = description.Length;
                parameters->CodecTag = StreamCopyTags.Tx3g;
            }

            return muxer.AddStream(parameters, ToRational(source->TimeBase));
        }
        finally
        {
            LibAvCodec.avcodec_parameters_free(&parameters);
        }
    }

    private void Open()
    {
        AVFormatContext* context = null;
        int result = LibAvFormat.avformat_open_input(&context, _path, null, null);
        _context = context;
        if (result < 0 || LibAvFormat.avformat_find_stream_info(context, null) < 0)
        {
            throw new VsrException($"cannot read '{_path}': {FFmpegError.Describe(result)}");
        }

        _packet = LibAvCodec.av_packet_alloc();
        _converted = LibAvCodec.av_packet_alloc();
    }

    private List<StreamCopyDecision> Decide()
    {
        List<StreamCopyDecision> decisions = [];
        for (int i = 0; i < _context->NbStreams; i++)
        {
            if (i == _videoStream)
            {
                continue;
            }

            AVStream* stream = _context->Streams[i];
            string type = Utf8.ToText(LibAvUtil.av_get_media_type_string(stream->Codecpar->CodecType)) ?? "unknown";
            string codec = stream->Codecpar->CodecId == 0
                ? "unknown"
                : Utf8.ToText(LibAvCodec.avcodec_get_name(stream->Codecpar->CodecId)) ?? "unknown";
            decisions.Add(StreamCopyRules.Decide(
                new StreamCopyCandidate(i, type, codec)
                {
                    IsAttachedPicture = (stream->Disposition & FFmpegConstants.DispositionAttachedPic) != 0,
                },
                _container));
        }

        return decisions;
    }

    private static Rational ToRational(AVRational value) => new(value.Numerator, value.Denominator);
}
