using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Generates an <see cref="AudioTone"/> and encodes it as mono AAC. Knows no container.</summary>
internal sealed unsafe class ToneEncoder : IDisposable
{
    private readonly AudioTone _tone;
    private AVCodecContext* _context;
    private AVCodecParameters* _parameters;
    private AVFrame* _frame;
    private readonly long _logMark;
    private long _position;

    /// <summary>Opens the encoder.</summary>
    /// <exception cref="VsrException">This FFmpeg cannot encode AAC.</exception>
    public ToneEncoder(AudioTone tone, bool globalHeader)
    {
        _ = FFmpegLibrary.Instance;
        _logMark = FFmpegLog.Mark();
        _tone = tone;
        try
        {
            Open(globalHeader);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The stream's parameters for the container; owned by the encoder.</summary>
    public AVCodecParameters* Parameters => _parameters;

    /// <summary>The unit of the packets' times: one sample.</summary>
    public Rational TimeBase => new(1, _tone.SampleRate);

    /// <summary>Generates and sends the next stretch of sound, if it begins before a time.</summary>
    /// <param name="untilSeconds">Where the sound ends.</param>
    /// <param name="isEnd">Whether a stretch may be shorter than the encoder's own length.</param>
    /// <returns>False when there is nothing to send.</returns>
    public bool TrySend(double untilSeconds, bool isEnd)
    {
        long until = (long)(Math.Min(untilSeconds, _tone.DurationSeconds ?? untilSeconds) * _tone.SampleRate);
        long count = Math.Min(until - _position, _context->FrameSize);
        if (count <= 0 || (!isEnd && count < _context->FrameSize))
        {
            return false;
        }

        LibAvUtil.av_frame_unref(_frame);
        _frame->NbSamples = (int)count;
        _frame->Format = _context->SampleFmt;
        _frame->SampleRate = _tone.SampleRate;
        _frame->Pts = _position;
        LibAvUtil.av_channel_layout_default(_frame->ChLayout, 1);
        Check(LibAvUtil.av_frame_get_buffer(_frame, 0));
        Span<float> samples = new(_frame->Data[0], (int)count);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = _tone.Sample(_position + i);
        }

        Check(LibAvCodec.avcodec_send_frame(_context, _frame));
        _position += count;
        return true;
    }

    /// <summary>Says that no sound follows.</summary>
    public void SendEnd() => Check(LibAvCodec.avcodec_send_frame(_context, null));

    /// <summary>Takes a packet if one is ready; its times count samples.</summary>
    public bool TryReceive(AVPacket* packet)
    {
        int result = LibAvCodec.avcodec_receive_packet(_context, packet);
        if (result == FFmpegConstants.ErrorAgain || result == FFmpegConstants.ErrorEof)
        {
            return false;
        }

        Check(result);
        return true;
    }

    /// <summary>Frees the encoder.</summary>
    public void Dispose()
    {
        AVFrame* frame = _frame;
        LibAvUtil.av_frame_free(&frame);
        _frame = null;
        AVCodecParameters* parameters = _parameters;
        LibAvCodec.avcodec_parameters_free(&parameters);
        _parameters = null;
        AVCodecContext* context = _context;
        LibAvCodec.avcodec_free_context(&context);
        _context = null;
    }

    private void Open(bool globalHeader)
    {
        AVCodec* codec = LibAvCodec.avcodec_find_encoder_by_name("aac");
        if (codec is null)
        {
            throw new VsrException("this FFmpeg has no encoder 'aac'; leave the tone out");
        }

        _frame = LibAvUtil.av_frame_alloc();
        _parameters = LibAvCodec.avcodec_parameters_alloc();
        _context = LibAvCodec.avcodec_alloc_context3(codec);
        _context->SampleRate = _tone.SampleRate;
        _context->SampleFmt = LibAvUtil.av_get_sample_fmt("fltp");
        _context->TimeBase = new AVRational(1, _tone.SampleRate);
        _context->BitRate = 64_000;
        _context->Flags |= globalHeader ? FFmpegConstants.CodecFlagGlobalHeader : 0;
        LibAvUtil.av_channel_layout_default(_context->ChLayout, 1);
        Check(LibAvCodec.avcodec_open2(_context, codec, null));
        Check(LibAvCodec.avcodec_parameters_from_context(_parameters, _context));
    }

    private void Check(int result)
    {
        if (result < 0)
        {
            throw new VsrException($"encoding the tone fails: {FFmpegError.Describe(result, _logMark)}");
        }
    }
}
