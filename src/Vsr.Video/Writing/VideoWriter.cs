using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Writes a video file frame by frame: mp4, mov, mkv and others, by the extension.</summary>
/// <remarks>
/// The file is written under a hidden name in the destination's folder. <see cref="Finish"/> gives it its name;
/// <see cref="Dispose"/> without it removes what was written. Frames' times are the caller's, in ticks of
/// <see cref="VideoWriterOptions.TimeBase"/>, rising and of any distance; mp4 and mov keep them to the tick, Matroska to 1 ms.
/// RGB is converted by the rules of RgbConverter the other way round. One thread at a time.
/// </remarks>
/// <example>
/// <code>
/// using VideoWriter writer = new("out.mp4", new VideoWriterOptions { Width = 64, Height = 48, Crf = 16 });
/// for (int i = 0; i &lt; 25; i++)
/// {
///     writer.Write(planarRgb, i);
/// }
///
/// writer.Finish();
/// </code>
/// </example>
public sealed unsafe class VideoWriter : IDisposable
{
    private readonly VideoWriterOptions _options;
    private readonly MediaMuxer _muxer;
    private readonly VideoEncoder? _encoder;
    private readonly ToneEncoder? _tone;
    private readonly int _videoStream;
    private readonly int _toneStream;
    private AVPacket* _packet;
    private long _lastPts = long.MinValue;
    private long _lastDuration;

    /// <summary>Opens encoder and file.</summary>
    /// <param name="path">The file's final name; its extension chooses the container.</param>
    /// <param name="options">How to encode.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="VsrException">The destination cannot be written, or the encoder refuses the options.</exception>
    public VideoWriter(string path, VideoWriterOptions options)
        : this(path, options, addStreams: null)
    {
    }

    /// <summary>Opens encoder and file, with streams of other origin beside the video.</summary>
    /// <param name="path">The file's final name.</param>
    /// <param name="options">How to encode.</param>
    /// <param name="addStreams">
    /// Called before the header is written: adds streams to the muxer, whose packets go to <see cref="Muxer"/> later.
    /// The video is stream 0.
    /// </param>
    /// <param name="temporaryPath">The file's name while it is written; null for a hidden one.</param>
    internal VideoWriter(
        string path, VideoWriterOptions options, Action<MediaMuxer>? addStreams, string? temporaryPath = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _muxer = new MediaMuxer(path, options.Overwrite, temporaryPath);
        try
        {
            _packet = LibAvCodec.av_packet_alloc();
            _encoder = new VideoEncoder(options, _muxer.WantsGlobalHeaders);
            _videoStream = AddVideo();
            if (options.Tone is not null)
            {
                _tone = new ToneEncoder(options.Tone, _muxer.WantsGlobalHeaders);
                _toneStream = _muxer.AddStream(_tone.Parameters, _tone.TimeBase)->Index;
            }

            addStreams?.Invoke(_muxer);
            _muxer.WriteHeader();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Number of frames handed in.</summary>
    public long FrameCount { get; private set; }

    /// <summary>The colour tags of the stream and of the conversion from RGB.</summary>
    public ColorDescription Color => _encoder!.Color;

    /// <summary>The container, for packets of streams that were added to it.</summary>
    internal MediaMuxer Muxer => _muxer;

    /// <summary>Encodes a frame of planar RGB [3, height, width], 8 bits.</summary>
    /// <param name="planarRgb8">The samples; read before the call returns.</param>
    /// <param name="ptsTicks">When it is shown, in ticks of the time base; above the frame's before.</param>
    /// <param name="durationTicks">How long; 0: until the next frame, the last one as long as the one before.</param>
    /// <exception cref="ArgumentException">The wrong number of samples, or a time that does not rise.</exception>
    /// <exception cref="VsrException">Encoding fails, or the disk is full.</exception>
    public void Write(ReadOnlySpan<byte> planarRgb8, long ptsTicks, long durationTicks = 0) =>
        WriteRgb(planarRgb8, ptsTicks, durationTicks);

    /// <summary>Encodes a frame of planar RGB [3, height, width], 16 bits of full scale.</summary>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, long, long)"/>
    public void Write(ReadOnlySpan<ushort> planarRgb16, long ptsTicks, long durationTicks = 0) =>
        WriteRgb(planarRgb16, ptsTicks, durationTicks);

    /// <summary>Encodes a picture.</summary>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, long, long)"/>
    public void Write(RgbImage image, long ptsTicks, long durationTicks = 0)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != _options.Width || image.Height != _options.Height)
        {
            throw new ArgumentException($"the picture is {image.Width}x{image.Height}, the video "
                + $"{_options.Width}x{_options.Height}; all frames have one size", nameof(image));
        }

        if (image.BitDepth == 8)
        {
            WriteRgb<byte>(image.Samples8, ptsTicks, durationTicks);
        }
        else
        {
            WriteRgb<ushort>(image.Samples16, ptsTicks, durationTicks);
        }
    }

    /// <summary>Encodes a frame that is already in the encoder's pixel format.</summary>
    /// <param name="planes">The planes one after the other without padding, as ffmpeg's rawvideo lays them out.</param>
    /// <param name="ptsTicks">When it is shown, in ticks of the time base; above the frame's before.</param>
    /// <param name="durationTicks">How long; 0: until the next frame, the last one as long as the one before.</param>
    /// <exception cref="ArgumentException">The wrong number of bytes, or a time that does not rise.</exception>
    /// <exception cref="VsrException">Encoding fails, or the disk is full.</exception>
    public void WriteRaw(ReadOnlySpan<byte> planes, long ptsTicks, long durationTicks = 0)
    {
        VideoEncoder encoder = Begin(ptsTicks);
        FramePlanes.CopyTight(planes, encoder.BeginPicture(), encoder.Layout);
        Send(encoder, ptsTicks, durationTicks);
    }

    /// <summary>Encodes a decoded frame that is already in the encoder's pixel format.</summary>
    /// <param name="frame">A frame of the video's size; its pixels are copied, its own times are not looked at.</param>
    /// <param name="ptsTicks">When it is shown, in ticks of the time base; above the frame's before.</param>
    /// <param name="durationTicks">How long; 0: until the next frame, the last one as long as the one before.</param>
    /// <exception cref="ArgumentException">A time that does not rise.</exception>
    /// <exception cref="VsrException">Another size or format; encoding fails, or the disk is full.</exception>
    public void Write(VideoFrame frame, long ptsTicks, long durationTicks = 0)
    {
        ArgumentNullException.ThrowIfNull(frame);
        VideoEncoder encoder = Begin(ptsTicks);
        encoder.TakePicture(frame);
        Send(encoder, ptsTicks, durationTicks);
    }

    /// <summary>Encodes what is left, closes the file and gives it its name. Nothing can be written after it.</summary>
    /// <exception cref="VsrException">Encoding fails, the disk is full, or the name cannot be given.</exception>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_packet is null, this);
        _encoder!.SendEnd();
        Drain(_encoder);
        if (_tone is not null)
        {
            FeedTone(EndSeconds, isEnd: true);
            _tone.SendEnd();
            DrainTone();
        }

        _muxer.Finish();
    }

    /// <summary>Frees everything; removes the file unless <see cref="Finish"/> has been called.</summary>
    public void Dispose()
    {
        AVPacket* packet = _packet;
        LibAvCodec.av_packet_free(&packet);
        _packet = null;
        _encoder?.Dispose();
        _tone?.Dispose();
        _muxer.Dispose();
    }

    private double EndSeconds => FrameCount == 0
        ? 0
        : (_lastPts + Math.Max(_lastDuration, 1)) * (double)_options.TimeBase.Numerator / _options.TimeBase.Denominator;

    private int AddVideo()
    {
        AVStream* stream = _muxer.AddStream(_encoder!.Parameters, _options.TimeBase);
        if (_options.FrameRate is Rational rate)
        {
            stream->AvgFrameRate = new AVRational(rate.Numerator, rate.Denominator);
        }

        if (_options.SampleAspect is Rational aspect)
        {
            stream->SampleAspectRatio = new AVRational(aspect.Numerator, aspect.Denominator);
        }

        if (_options.Rotation % 360 != 0)
        {
            _muxer.SetRotation(stream, _options.Rotation);
        }

        return stream->Index;
    }

    private void WriteRgb<T>(ReadOnlySpan<T> planar, long ptsTicks, long durationTicks)
        where T : unmanaged
    {
        int expected = 3 * _options.Width * _options.Height;
        if (planar.Length != expected)
        {
            throw new ArgumentException($"{planar.Length} samples given, a frame of {_options.Width}x{_options.Height} has "
                + $"{expected}; pass planar RGB [3, height, width]", nameof(planar));
        }

        VideoEncoder encoder = Begin(ptsTicks);
        AVFrame* picture = encoder.BeginPicture();
        YuvConversion.Convert(planar, _options.Width, _options.Height, encoder.Layout, encoder.Color,
            FramePlanes.Buffers(picture, encoder.Layout));
        Send(encoder, ptsTicks, durationTicks);
    }

    private VideoEncoder Begin(long ptsTicks)
    {
        ObjectDisposedException.ThrowIf(_packet is null, this);
        if (ptsTicks <= _lastPts)
        {
            throw new ArgumentOutOfRangeException(
                nameof(ptsTicks), ptsTicks, $"frames' times must rise; the one before has {_lastPts}");
        }

        return _encoder!;
    }

    private void Send(VideoEncoder encoder, long ptsTicks, long durationTicks)
    {
        // mp4's edit list ends with the last frame: without a duration of its own that frame would be cut off
        long guess = FrameCount == 0 ? 1 : ptsTicks - _lastPts;
        _lastDuration = durationTicks > 0 ? durationTicks : guess;
        encoder.Send(ptsTicks, _lastDuration);
        _lastPts = ptsTicks;
        FrameCount++;
        Drain(encoder);
        FeedTone(EndSeconds, isEnd: false);
    }

    private void Drain(VideoEncoder encoder)
    {
        while (encoder.TryReceive(_packet))
        {
            _muxer.Write(_packet, _videoStream, _options.TimeBase);
        }
    }

    private void FeedTone(double untilSeconds, bool isEnd)
    {
        while (_tone is not null && _tone.TrySend(untilSeconds, isEnd))
        {
            DrainTone();
        }
    }

    private void DrainTone()
    {
        while (_tone!.TryReceive(_packet))
        {
            _muxer.Write(_packet, _toneStream, _tone.TimeBase);
        }
    }
}
