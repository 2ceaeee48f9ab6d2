using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>A software decoder of one stream. Packets go in with their number in place of a timestamp; frames come out with it.</summary>
/// <remarks>
/// Decoders carry a packet's timestamp through to its frame and do nothing else with it, so the packet's number in the
/// index in its place tells exactly which packet a frame came from, whatever the file's own timestamps are.
/// </remarks>
internal sealed unsafe class VideoDecoder : IDisposable
{
    private AVCodecContext* _context;

    /// <summary>Opens the decoder that FFmpeg prefers for the stream's codec.</summary>
    /// <exception cref="DecoderUnavailableException">This FFmpeg has no decoder, or it does not open.</exception>
    public VideoDecoder(AVStream* stream, string path, int threads)
    {
        AVCodecParameters* parameters = stream->Codecpar;
        string codecName = Utf8.ToText(LibAvCodec.avcodec_get_name(parameters->CodecId)) ?? "none";
        AVCodec* codec = LibAvCodec.avcodec_find_decoder(parameters->CodecId);
        if (codec is null)
        {
            throw new DecoderUnavailableException($"{path}: this FFmpeg has no decoder for the codec '{codecName}'")
            { Hint = "install a build of FFmpeg with that decoder" };
        }

        long mark = FFmpegLog.Mark();
        AVCodecContext* context = LibAvCodec.avcodec_alloc_context3(codec);
        _context = context;
        int code = LibAvCodec.avcodec_parameters_to_context(context, parameters);
        context->PktTimebase = stream->TimeBase;
        context->ThreadCount = threads;
        context->Flags |= FFmpegConstants.CodecFlagUnaligned; // else columns that are cropped on the left may stay
        code = code < 0 ? code : LibAvCodec.avcodec_open2(context, codec, null);
        if (code < 0)
        {
            Close();
            throw new DecoderUnavailableException(
                $"{path}: the decoder '{Utf8.ToText(codec->Name)}' does not open: {FFmpegError.Describe(code, mark)}");
        }
    }

    ~VideoDecoder() => Close();

    /// <summary>Gives the decoder a packet, or null to have the last frames out; its error code, 0 if none.</summary>
    /// <remarks>Call <see cref="Receive"/> until it gives nothing before each call. Changes the packet's timestamps.</remarks>
    public int Send(AVPacket* packet, int number)
    {
        if (packet is not null)
        {
            packet->Pts = number;
            packet->Dts = number;
        }

        return LibAvCodec.avcodec_send_packet(_context, packet);
    }

    /// <summary>The next frame: 0, or ErrorAgain when a packet is needed, ErrorEof at the end, or another error.</summary>
    public int Receive(AVFrame* frame) => LibAvCodec.avcodec_receive_frame(_context, frame);

    /// <summary>Forgets everything: the next packet is to be a key frame.</summary>
    public void Flush() => LibAvCodec.avcodec_flush_buffers(_context);

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private void Close()
    {
        AVCodecContext* context = _context;
        _context = null;
        if (context is not null)
        {
            LibAvCodec.avcodec_free_context(&context);
        }
    }
}
