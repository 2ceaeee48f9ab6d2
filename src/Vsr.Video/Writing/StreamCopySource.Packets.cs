using Vsr.Interop.FFmpeg;

namespace Vsr.Video.Writing;

/// <content>Reading packets in step with the output.</content>
internal sealed unsafe partial class StreamCopySource
{
    private static readonly AVRational Microseconds = new(1, 1_000_000);

    private bool _hasPacket;
    private bool _isAtEnd;

    /// <summary>Why reading stopped before the end of the file; null if it did not.</summary>
    public string? ReadError { get; private set; }

    /// <summary>Writes the packets that are due before a video packet.</summary>
    /// <param name="muxer">The output, its header written.</param>
    /// <param name="dtsTicks">The video packet's decoding time, on the output's clock.</param>
    /// <param name="timeBase">Its unit.</param>
    public void WriteUntil(MediaMuxer muxer, long dtsTicks, Rational timeBase)
    {
        AVRational unit = new(timeBase.Numerator, timeBase.Denominator);
        long limit = LibAvUtil.av_rescale_q(dtsTicks, unit, Microseconds);
        while (Peek() && DueMicroseconds() <= limit)
        {
            WritePending(muxer);
        }
    }

    /// <summary>Writes all packets that are left.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two packets.</exception>
    public void WriteRest(MediaMuxer muxer, CancellationToken cancellation)
    {
        while (Peek())
        {
            cancellation.ThrowIfCancellationRequested();
            WritePending(muxer);
        }
    }

    private bool Peek()
    {
        while (!_hasPacket && !_isAtEnd)
        {
            long mark = FFmpegLog.Mark();
            int result = LibAvFormat.av_read_frame(_context, _packet);
            if (result < 0)
            {
                _isAtEnd = true;
                ReadError = result == FFmpegConstants.ErrorEof ? null : FFmpegError.Describe(result, mark);
            }
            else if (_packet->StreamIndex < _tracks.Length && _tracks[_packet->StreamIndex] is { } track)
            {
                _hasPacket = true;
                CompleteTimes(track);
            }
            else
            {
                LibAvCodec.av_packet_unref(_packet);
            }
        }

        return _hasPacket;
    }

    /// <summary>Gives the pending packet the times that it lacks.</summary>
    private void CompleteTimes(StreamCopyTrack track)
    {
        if (_packet->Dts == FFmpegConstants.NoPts)
        {
            _packet->Dts = _packet->Pts == FFmpegConstants.NoPts ? track.NextInputTicks : _packet->Pts;
        }

        if (_packet->Pts == FFmpegConstants.NoPts)
        {
            _packet->Pts = _packet->Dts;
        }

        track.NextInputTicks = _packet->Dts + Math.Max(0, _packet->Duration);
    }

    private long DueMicroseconds() => ShiftMicroseconds
        + LibAvUtil.av_rescale_q(_packet->Dts, _context->Streams[_packet->StreamIndex]->TimeBase, Microseconds);

    private void WritePending(MediaMuxer muxer)
    {
        _hasPacket = false;
        StreamCopyTrack track = _tracks[_packet->StreamIndex]!;
        AVPacket* packet = track.Decision.Action == StreamCopyAction.ConvertText ? ConvertText(track.Decision) : _packet;
        if (packet is not null)
        {
            AVRational from = _context->Streams[_packet->StreamIndex]->TimeBase;
            AVRational to = muxer.Context->Streams[track.OutputIndex]->TimeBase;
            long shift = LibAvUtil.av_rescale_q(ShiftMicroseconds, Microseconds, from);
            packet->Pts += shift;
            packet->Dts += shift;
            LibAvCodec.av_packet_rescale_ts(packet, from, to);
            FitTimes(packet, track, from, to);
            muxer.Write(packet, track.OutputIndex, ToRational(to));
        }

        LibAvCodec.av_packet_unref(_packet);
    }

    /// <summary>Makes the times such that the container takes them: none negative in Matroska, decoding times rising.</summary>
    private void FitTimes(AVPacket* packet, StreamCopyTrack track, AVRational from, AVRational to)
    {
        long delay = packet->Pts - packet->Dts;
        long ticks = track.Decision.Stream.Type == "audio" ? WithoutJitter(packet, track, from, to) : packet->Dts;
        if (_container == StreamCopyContainer.Matroska)
        {
            ticks = Math.Max(0, ticks);
        }
        else if (track.LastOutputTicks is { } last)
        {
            ticks = Math.Max(ticks, last + 1);
        }

        packet->Dts = ticks;
        packet->Pts = Math.Max(ticks, ticks + delay);
        track.LastOutputTicks = ticks;
    }

    /// <summary>
    /// The decoding time of a sound packet. A coarse input clock (Matroska's milliseconds) leaves every packet up to a tick
    /// off; where the packet continues the one before within that tick, it is written exactly there.
    /// </summary>
    private long WithoutJitter(AVPacket* packet, StreamCopyTrack track, AVRational from, AVRational to)
    {
        AVCodecParameters* parameters = _context->Streams[track.Decision.Stream.Index]->Codecpar;
        long ticks = packet->Dts;
        long inputTick = LibAvUtil.av_rescale_q(1, from, to);
        bool isFiner = inputTick > 1 && parameters->FrameSize > 0 && parameters->SampleRate > 0;
        if (isFiner && track.NextOutputTicks is { } next && Math.Abs(ticks - next) <= inputTick)
        {
            ticks = next;
        }

        track.NextOutputTicks = isFiner
            ? ticks + LibAvUtil.av_rescale_q(parameters->FrameSize, new AVRational(1, parameters->SampleRate), to)
            : null;
        return ticks;
    }

    /// <summary>The pending packet with its text in the output's format; null when it shows nothing.</summary>
    private AVPacket* ConvertText(StreamCopyDecision decision)
    {
        byte[]? payload = StreamCopyText.Convert(
            new ReadOnlySpan<byte>(_packet->Data, _packet->Size), decision.Stream.Codec, decision.OutputCodec!);
        if (payload is null)
        {
            return null;
        }

        LibAvCodec.av_packet_unref(_converted);
        if (LibAvCodec.av_new_packet(_converted, payload.Length) < 0)
        {
            throw new VsrException($"no memory for a subtitle of {payload.Length} bytes");
        }

        payload.CopyTo(new Span<byte>(_converted->Data, payload.Length));
        _converted->Pts = _packet->Pts;
        _converted->Dts = _packet->Dts;
        _converted->Duration = _packet->Duration;
        _converted->Flags = FFmpegConstants.PacketKey;
        return _converted;
    }
}
