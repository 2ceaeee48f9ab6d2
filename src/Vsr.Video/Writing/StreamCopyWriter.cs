using System.Globalization;
using Vsr.Interop.FFmpeg;

namespace Vsr.Video.Writing;

/// <summary>
/// Writes a video whose pictures are new and whose other streams, tags and chapters are another file's.
/// </summary>
/// <remarks>
/// Video times count in the options' time base, which mp4 and mov keep as it is; edit lists carry a late start to the tick.
/// The file appears under its name at <see cref="Finish"/>; <see cref="Dispose"/> without it leaves nothing. One thread.
/// </remarks>
internal sealed unsafe class StreamCopyWriter : IDisposable
{
    private readonly StreamCopySource _source;
    private readonly VideoWriterOptions _options;
    private readonly MediaMuxer _muxer;
    private readonly VideoEncoder _encoder;
    private readonly int _videoIndex;
    private readonly long _shiftTicks;
    private AVPacket* _packet;

    /// <summary>Opens the encoder and writes the output's header.</summary>
    /// <param name="path">The output.</param>
    /// <param name="options">How the pictures are encoded; rotation and tone are not used.</param>
    /// <param name="source">The streams to copy; the caller disposes it.</param>
    /// <exception cref="VsrException">The encoder or the container refuses, or the file cannot be written.</exception>
    public StreamCopyWriter(string path, VideoWriterOptions options, StreamCopySource source)
    {
        _source = source;
        _options = options;
        _shiftTicks = LibAvUtil.av_rescale_q(source.ShiftMicroseconds, new AVRational(1, 1_000_000), TimeBase);
        _muxer = new MediaMuxer(path, options.Overwrite);
        try
        {
            _encoder = new VideoEncoder(options, _muxer.WantsGlobalHeaders);
            AVStream* video = AddVideo();
            _videoIndex = video->Index;
            source.AddStreams(_muxer, video);
            _ = LibAvUtil.av_opt_set(_muxer.Context, "avoid_negative_ts", "disabled", 0);
            _ = LibAvUtil.av_opt_set(_muxer.Context, "strict", "experimental", 0);
            _ = LibAvUtil.av_opt_set(_muxer.Context, "max_interleave_delta", "500000", 0);
            _muxer.WriteHeader(ContainerOptions());
            _packet = LibAvCodec.av_packet_alloc();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private AVRational TimeBase => new(_options.TimeBase.Numerator, _options.TimeBase.Denominator);

    /// <summary>Encodes a picture.</summary>
    /// <param name="planes">The planes of the options' pixel format in its order, back to back, without padding.</param>
    /// <param name="ptsTicks">Its time on the input's clock; rising.</param>
    /// <param name="durationTicks">How long it is shown.</param>
    public void Write(ReadOnlySpan<byte> planes, long ptsTicks, long durationTicks)
    {
        AVFrame* picture = _encoder.BeginPicture();
        FramePlanes.CopyTight(planes, picture, _encoder.Layout);
        _encoder.Send(ptsTicks + _shiftTicks, durationTicks);
        WritePackets();
    }

    /// <summary>Encodes a picture of planar RGB [3, height, width], 8 bits.</summary>
    /// <param name="planarRgb8">The samples; read before the call returns.</param>
    /// <param name="ptsTicks">Its time on the input's clock; rising.</param>
    /// <param name="durationTicks">How long it is shown.</param>
    public void WriteRgb(ReadOnlySpan<byte> planarRgb8, long ptsTicks, long durationTicks)
    {
        AVFrame* picture = _encoder.BeginPicture();
        YuvConversion.Convert(planarRgb8, _options.Width, _options.Height, _encoder.Layout, _encoder.Color,
            FramePlanes.Buffers(picture, _encoder.Layout));
        _encoder.Send(ptsTicks + _shiftTicks, durationTicks);
        WritePackets();
    }

    /// <summary>As <see cref="Finish"/>, but the copied streams end with the last picture instead of going on to their own end.</summary>
    /// <param name="endTicks">When the last picture ends, on the input's clock.</param>
    /// <exception cref="VsrException">The disk is full, or the name cannot be given.</exception>
    public void FinishAt(long endTicks)
    {
        _encoder.SendEnd();
        WritePackets();
        _source.WriteUntil(_muxer, endTicks + _shiftTicks, _options.TimeBase);
        _muxer.Finish();
    }

    /// <summary>Writes what the encoder still holds and the rest of the copied streams, and gives the file its name.</summary>
    /// <param name="cancellation">Ends the copying of what is left.</param>
    /// <exception cref="VsrException">The disk is full, or the name cannot be given.</exception>
    public void Finish(CancellationToken cancellation)
    {
        _encoder.SendEnd();
        WritePackets();
        _source.WriteRest(_muxer, cancellation);
        _muxer.Finish();
    }

    /// <summary>Frees everything, and removes the unfinished file.</summary>
    public void Dispose()
    {
        AVPacket* packet = _packet;
        LibAvCodec.av_packet_free(&packet);
        _packet = null;
        _encoder?.Dispose();
        _muxer.Dispose();
    }

    private AVStream* AddVideo()
    {
        AVStream* video = _muxer.AddStream(_encoder.Parameters, _options.TimeBase);
        bool isHevc = Utf8.ToText(LibAvCodec.avcodec_get_name(video->Codecpar->CodecId)) == "hevc";
        if (isHevc && IsMov)
        {
            video->Codecpar->CodecTag = 'h' | ('v' << 8) | ('c' << 16) | ((uint)'1' << 24); // players on Apple's systems want it
        }

        if (_options.FrameRate is { } rate)
        {
            video->AvgFrameRate = new AVRational(rate.Numerator, rate.Denominator);
        }

        video->SampleAspectRatio = video->Codecpar->SampleAspectRatio;
        return video;
    }

    private bool IsMov => _muxer.FormatName is "mp4" or "mov" or "ipod";

    private Dictionary<string, string> ContainerOptions()
    {
        if (!IsMov)
        {
            return [];
        }

        int videoScale = _options.TimeBase.Denominator;
        long movieScale = _source.SampleRates.Aggregate((long)videoScale, LeastCommonMultiple);
        return new Dictionary<string, string>
        {
            ["video_track_timescale"] = videoScale.ToString(CultureInfo.InvariantCulture),
            ["movie_timescale"] = movieScale.ToString(CultureInfo.InvariantCulture),
        };
    }

    // Edit lists count in the movie's time scale: a multiple of all tracks' scales keeps late starts to the tick.
    private static long LeastCommonMultiple(long a, int b)
    {
        if (b < 1)
        {
            return a;
        }

        long multiple = a / (long)System.Numerics.BigInteger.GreatestCommonDivisor(a, b) * b;
        return multiple <= int.MaxValue ? multiple : a;
    }

    private void WritePackets()
    {
        while (_encoder.TryReceive(_packet))
        {
            _source.WriteUntil(_muxer, _packet->Dts, _options.TimeBase);
            _muxer.Write(_packet, _videoIndex, _options.TimeBase);
        }
    }
}
