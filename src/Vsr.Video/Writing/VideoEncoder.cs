using System.Globalization;
using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>One open video encoder: pictures in, packets out. Knows no container.</summary>
internal sealed unsafe class VideoEncoder : IDisposable
{
    private readonly VideoWriterOptions _options;
    private readonly Dictionary<long, long> _durations = [];
    private AVCodecContext* _context;
    private AVCodecParameters* _parameters;
    private AVFrame* _frame;
    private long _logMark;

    /// <summary>Opens the encoder.</summary>
    /// <param name="options">Codec, size, quality, colour.</param>
    /// <param name="globalHeader">Whether the container wants codec headers apart from the packets.</param>
    /// <exception cref="VsrException">No such encoder or pixel format, or the encoder refuses an option.</exception>
    public VideoEncoder(VideoWriterOptions options, bool globalHeader)
    {
        _ = FFmpegLibrary.Instance;
        _logMark = FFmpegLog.Mark();
        _options = options;
        Layout = PictureLayouts.Of(options.PixelFormat);
        YuvConversion.RequireWritable(Layout);
        Color = options.Color ?? new ColorDescription(
            Layout.IsRgb ? "gbr" : YuvMatrix.DefaultName(options.Height), Layout.IsRgb ? "pc" : "tv", null, null, null);
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

    /// <summary>The pixel format's layout in memory.</summary>
    public PictureLayout Layout { get; }

    /// <summary>The colour tags that pictures are made and streams are marked with.</summary>
    public ColorDescription Color { get; }

    /// <summary>The stream's parameters for the container; owned by the encoder.</summary>
    public AVCodecParameters* Parameters => _parameters;

    /// <summary>Gives an empty picture in the encoder's format and size; valid until the next call.</summary>
    public AVFrame* BeginPicture()
    {
        LibAvUtil.av_frame_unref(_frame);
        _frame->Width = _options.Width;
        _frame->Height = _options.Height;
        _frame->Format = _context->PixFmt;
        _frame->ColorRange = _context->ColorRange;
        _frame->Colorspace = _context->Colorspace;
        _frame->ColorPrimaries = _context->ColorPrimaries;
        _frame->ColorTrc = _context->ColorTrc;
        _frame->ChromaLocation = _context->ChromaSampleLocation;
        _frame->SampleAspectRatio = _context->SampleAspectRatio;
        Check(LibAvUtil.av_frame_get_buffer(_frame, 0), "no memory for a picture");
        return _frame;
    }

    /// <summary>Sends the picture that <see cref="BeginPicture"/> gave.</summary>
    /// <param name="ptsTicks">Its time, in ticks of the options' time base; rising.</param>
    /// <param name="durationTicks">How long it is shown; 0 if unknown.</param>
    public void Send(long ptsTicks, long durationTicks)
    {
        _logMark = FFmpegLog.Mark();
        _frame->Pts = ptsTicks;
        if (durationTicks > 0)
        {
            _frame->Duration = durationTicks;
            _durations[ptsTicks] = durationTicks;
        }

        Check(LibAvCodec.avcodec_send_frame(_context, _frame), $"the frame at {ptsTicks} is refused");
    }

    /// <summary>Says that no picture follows.</summary>
    public void SendEnd() => Check(LibAvCodec.avcodec_send_frame(_context, null), "the end is refused");

    /// <summary>Takes a packet if one is ready; its times count in the options' time base.</summary>
    public bool TryReceive(AVPacket* packet)
    {
        int result = LibAvCodec.avcodec_receive_packet(_context, packet);
        if (result == FFmpegConstants.ErrorAgain || result == FFmpegConstants.ErrorEof)
        {
            return false;
        }

        Check(result, "encoding fails");
        if (_durations.Remove(packet->Pts, out long duration))
        {
            packet->Duration = duration;
        }

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
        AVCodec* codec = LibAvCodec.avcodec_find_encoder_by_name(_options.Codec);
        if (codec is null)
        {
            throw new VsrException($"this FFmpeg has no encoder '{_options.Codec}'; libx264, libx265, ffv1 and mpeg4 are common");
        }

        _frame = LibAvUtil.av_frame_alloc();
        _parameters = LibAvCodec.avcodec_parameters_alloc();
        _context = LibAvCodec.avcodec_alloc_context3(codec);
        _context->Width = _options.Width;
        _context->Height = _options.Height;
        _context->PixFmt = LibAvUtil.av_get_pix_fmt(_options.PixelFormat);
        _context->TimeBase = ToNative(_options.TimeBase);
        _context->ThreadCount = _options.Threads;
        _context->Framerate = ToNative(_options.FrameRate ?? new Rational(0, 1));
        _context->SampleAspectRatio = ToNative(_options.SampleAspect ?? new Rational(0, 1));
        _context->GopSize = _options.GroupSize ?? _context->GopSize;
        _context->MaxBFrames = _options.BFrames ?? _context->MaxBFrames;
        _context->Flags |= globalHeader ? FFmpegConstants.CodecFlagGlobalHeader : 0;
        ColorTags.Apply(Color, _context);
        OpenWithOptions(codec);
        Check(LibAvCodec.avcodec_parameters_from_context(_parameters, _context), "parameters cannot be read");
    }

    private void OpenWithOptions(AVCodec* codec)
    {
        Dictionary<string, string> settings = [];
        if (_options.Codec == "libx265")
        {
            settings["x265-params"] = "log-level=error"; // it prints past FFmpeg's log
        }

        if (_options.Crf is int crf)
        {
            settings["crf"] = crf.ToString(CultureInfo.InvariantCulture);
        }

        if (_options.Preset is not null)
        {
            RequirePreset(_options.Preset);
            settings["preset"] = _options.Preset;
        }

        foreach ((string key, string value) in _options.EncoderOptions)
        {
            settings[key] = value;
        }

        AVDictionary* dictionary = OptionDictionary.Create(settings);
        try
        {
            Check(LibAvCodec.avcodec_open2(_context, codec, &dictionary), "it does not open");
            string? unknown = OptionDictionary.Keys(dictionary).FirstOrDefault(_options.EncoderOptions.ContainsKey);
            if (unknown is not null)
            {
                throw new VsrException($"encoder '{_options.Codec}' has no option '{unknown}'; "
                    + $"'ffmpeg -h encoder={_options.Codec}' lists them");
            }
        }
        finally
        {
            LibAvUtil.av_dict_free(&dictionary);
        }
    }

    // x264 and x265 print a complaint of their own about an unknown preset.
    private void RequirePreset(string preset)
    {
        string[] known = ["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo"];
        if (_options.Codec is "libx264" or "libx265" && !known.Contains(preset))
        {
            throw new VsrException($"encoder '{_options.Codec}' has no preset '{preset}'; it has {string.Join(", ", known)}");
        }
    }

    private static AVRational ToNative(Rational value) => new(value.Numerator, value.Denominator);

    private void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new VsrException($"encoder '{_options.Codec}' at {_options.Width}x{_options.Height} {_options.PixelFormat}: "
                + $"{what}: {FFmpegError.Describe(result, _logMark)}");
        }
    }
}
