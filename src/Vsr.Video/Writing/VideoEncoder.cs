using System.Globalization;
using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>One open video encoder: pictures in, packets out. Knows no container.</summary>
internal sealed unsafe class VideoEncoder : IDisposable
{
    private readonly VideoWriterOptions _options;
    private readonly Dictionary<long, long> _durations = [];
    private readonly EncoderHandles _handles;
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
        AVCodec* codec = LibAvCodec.avcodec_find_encoder_by_name(options.Codec);
        if (codec is null)
        {
            throw new VsrException($"this FFmpeg has no encoder '{options.Codec}'; libx264, libx265, ffv1 and mpeg4 are common");
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

    /// <summary>The pixel format's layout in memory.</summary>
    public PictureLayout Layout { get; }

    /// <summary>The colour tags that pictures are made and streams are marked with.</summary>
    public ColorDescription Color { get; }

    /// <summary>The stream's parameters for the container; owned by the encoder.</summary>
    public AVCodecParameters* Parameters => _handles.Parameters;

    /// <summary>Gives an empty picture in the encoder's format and size; valid until the next call.</summary>
    public AVFrame* BeginPicture()
    {
        AVFrame* frame = _handles.Frame;
        AVCodecContext* context = _handles.Context;
        LibAvUtil.av_frame_unref(frame);
        frame->Width = _options.Width;
        frame->Height = _options.Height;
        frame->Format = context->PixFmt;
        frame->ColorRange = context->ColorRange;
        frame->Colorspace = context->Colorspace;
        frame->ColorPrimaries = context->ColorPrimaries;
        frame->ColorTrc = context->ColorTrc;
        frame->ChromaLocation = context->ChromaSampleLocation;
        frame->SampleAspectRatio = context->SampleAspectRatio;
        Check(LibAvUtil.av_frame_get_buffer(frame, 0), "no memory for a picture");
        return frame;
    }

    /// <summary>Makes a decoded frame of the encoder's format and size the picture to send; its pixels are copied.</summary>
    /// <exception cref="VsrException">Another format or size.</exception>
    public void TakePicture(VideoFrame source)
    {
        AVFrame* frame = BeginPicture();
        if (source.Width != _options.Width || source.Height != _options.Height || source.Format.Id != frame->Format)
        {
            throw new VsrException($"encoder '{_options.Codec}' at {_options.Width}x{_options.Height} {_options.PixelFormat}: frame "
                + $"{source.Index} is {source.Width}x{source.Height} {source.Format}");
        }

        Check(LibAvUtil.av_frame_copy(frame, source.Native), "a picture cannot be copied");
        GC.KeepAlive(source);
    }

    /// <summary>Sends the picture that <see cref="BeginPicture"/> gave.</summary>
    /// <param name="ptsTicks">Its time, in ticks of the options' time base; rising.</param>
    /// <param name="durationTicks">How long it is shown; 0 if unknown.</param>
    public void Send(long ptsTicks, long durationTicks)
    {
        _logMark = FFmpegLog.Mark();
        AVFrame* frame = _handles.Frame;
        frame->Pts = ptsTicks;
        if (durationTicks > 0)
        {
            frame->Duration = durationTicks;
            _durations[ptsTicks] = durationTicks;
        }

        Check(LibAvCodec.avcodec_send_frame(_handles.Context, frame), $"the frame at {ptsTicks} is refused");
    }

    /// <summary>Says that no picture follows.</summary>
    public void SendEnd() => Check(LibAvCodec.avcodec_send_frame(_handles.Context, null), "the end is refused");

    /// <summary>Takes a packet if one is ready; its times count in the options' time base.</summary>
    public bool TryReceive(AVPacket* packet)
    {
        bool isReady = _handles.TryReceive(packet, out int error);
        Check(error, "encoding fails");
        if (isReady && _durations.Remove(packet->Pts, out long duration))
        {
            packet->Duration = duration;
        }

        return isReady;
    }

    /// <summary>Frees the encoder.</summary>
    public void Dispose() => _handles.Dispose();

    private void Open(AVCodec* codec, bool globalHeader)
    {
        AVCodecContext* context = _handles.Context;
        context->Width = _options.Width;
        context->Height = _options.Height;
        context->PixFmt = LibAvUtil.av_get_pix_fmt(_options.PixelFormat);
        context->TimeBase = ToNative(_options.TimeBase);
        context->ThreadCount = _options.Threads;
        context->Framerate = ToNative(_options.FrameRate ?? new Rational(0, 1));
        context->SampleAspectRatio = ToNative(_options.SampleAspect ?? new Rational(0, 1));
        context->GopSize = _options.GroupSize ?? context->GopSize;
        context->MaxBFrames = _options.BFrames ?? context->MaxBFrames;
        context->Flags |= globalHeader ? FFmpegConstants.CodecFlagGlobalHeader : 0;
        ColorTags.Apply(Color, context);
        OpenWithOptions(codec);
        Check(LibAvCodec.avcodec_parameters_from_context(_handles.Parameters, context), "parameters cannot be read");
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
            Check(LibAvCodec.avcodec_open2(_handles.Context, codec, &dictionary), "it does not open");
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
