using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Generates an <see cref="AudioTone"/> and encodes it as mono AAC. Knows no container.</summary>
internal sealed unsafe class ToneEncoder : IDisposable
{
    private readonly AudioTone _tone;
    private readonly EncoderHandles _handles;
    private readonly long _logMark;
    private long _position;

    /// <summary>Opens the encoder.</summary>
    /// <exception cref="VsrException">This FFmpeg cannot encode AAC.</exception>
    public ToneEncoder(AudioTone tone, bool globalHeader)
    {
        _ = FFmpegLibrary.Instance;
        _logMark = FFmpegLog.Mark();
        _tone = tone;
        AVCodec* codec = LibAvCodec.avcodec_find_encoder_by_name("aac");
        if (codec is null)
        {
            throw new VsrException("this FFmpeg has no encoder 'aac'; leave the tone out");
        }

        _handles = new EncoderHandles(codec);
        try
        {
            Open(codec, globalHeader);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The stream's parameters for the container; owned by the encoder.</summary>
    public AVCodecParameters* Parameters => _handles.Parameters;

    /// <summary>The unit of the packets' times: one sample.</summary>
    public Rational TimeBase => new(1, _tone.SampleRate);

    /// <summary>Generates and sends the next stretch of sound, if it begins before a time.</summary>
    /// <param name="untilSeconds">Where the sound ends.</param>
    /// <param name="isEnd">Whether a stretch may be shorter than the encoder's own length.</param>
    /// <returns>False when there is nothing to send.</returns>
    public bool TrySend(double untilSeconds, bool isEnd)
    {
        long until = (long)(Math.Min(untilSeconds, _tone.DurationSeconds ?? untilSeconds) * _tone.SampleRate);
        long count = Math.Min(until - _position, _handles.Context->FrameSize);
        if (count <= 0 || (!isEnd && count < _handles.Context->FrameSize))
        {
            return false;
        }

        AVFrame* frame = _handles.Frame;
        LibAvUtil.av_frame_unref(frame);
        frame->NbSamples = (int)count;
        frame->Format = _handles.Context->SampleFmt;
        frame->SampleRate = _tone.SampleRate;
        frame->Pts = _position;
        LibAvUtil.av_channel_layout_default(frame->ChLayout, 1);
        Check(LibAvUtil.av_frame_get_buffer(frame, 0));
        Span<float> samples = new(frame->Data[0], (int)count);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = _tone.Sample(_position + i);
        }

        Check(LibAvCodec.avcodec_send_frame(_handles.Context, frame));
        _position += count;
        return true;
    }

    /// <summary>Says that no sound follows.</summary>
    public void SendEnd() => Check(LibAvCodec.avcodec_send_frame(_handles.Context, null));

    /// <summary>Takes a packet if one is ready; its times count samples.</summary>
    public bool TryReceive(AVPacket* packet)
    {
        bool isReady = _handles.TryReceive(packet, out int error);
        Check(error);
        return isReady;
    }

    /// <summary>Frees the encoder.</summary>
    public void Dispose() => _handles.Dispose();

    private void Open(AVCodec* codec, bool globalHeader)
    {
        AVCodecContext* context = _handles.Context;
        context->SampleRate = _tone.SampleRate;
        context->SampleFmt = LibAvUtil.av_get_sample_fmt("fltp");
        context->TimeBase = new AVRational(1, _tone.SampleRate);
        context->BitRate = 64_000;
        context->Flags |= globalHeader ? FFmpegConstants.CodecFlagGlobalHeader : 0;
        LibAvUtil.av_channel_layout_default(context->ChLayout, 1);
        Check(LibAvCodec.avcodec_open2(context, codec, null));
        Check(LibAvCodec.avcodec_parameters_from_context(_handles.Parameters, context));
    }

    private void Check(int result)
    {
        if (result < 0)
        {
            throw new VsrException($"encoding the tone fails: {FFmpegError.Describe(result, _logMark)}");
        }
    }
}
