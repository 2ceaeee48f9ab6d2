namespace Vsr.Interop.FFmpeg;

/// <summary>The one table of struct offsets that differ between releases; a test compiles a C program and compares.</summary>
/// <remarks>
/// 5.1, 7.1 and 6.1 agree with the headers of Debian 12, Debian 13 and Ubuntu 24.04; nothing else of 6.1 is tested. AVFrame.duration is pkt_duration in 5.1. Structs that agree in all three are plain C# structs.
/// </remarks>
internal sealed class FFmpegOffsets
{
    private readonly int[] _offsets;

    /// <summary>The offsets of one release.</summary>
    public FFmpegOffsets(FFmpegRelease release)
    {
        _offsets = new int[Enum.GetValues<StructFieldId>().Length];
        foreach (StructField field in Table)
        {
            _offsets[(int)field.Id] = field.In(release);
        }
    }

    /// <summary>All fields with their offsets, struct by struct.</summary>
    public static IReadOnlyList<StructField> Table { get; } =
    [
        new(StructFieldId.FormatIformat, "AVFormatContext", "iformat", 8, 8, 8),
        new(StructFieldId.FormatOformat, "AVFormatContext", "oformat", 16, 16, 16),
        new(StructFieldId.FormatPb, "AVFormatContext", "pb", 32, 32, 32),
        new(StructFieldId.FormatNbStreams, "AVFormatContext", "nb_streams", 44, 44, 44),
        new(StructFieldId.FormatStreams, "AVFormatContext", "streams", 48, 48, 48),
        new(StructFieldId.FormatStartTime, "AVFormatContext", "start_time", 64, 64, 96),
        new(StructFieldId.FormatDuration, "AVFormatContext", "duration", 72, 72, 104),
        new(StructFieldId.FormatBitRate, "AVFormatContext", "bit_rate", 80, 80, 112),
        new(StructFieldId.FormatFlags, "AVFormatContext", "flags", 96, 96, 128),
        new(StructFieldId.FormatNbChapters, "AVFormatContext", "nb_chapters", 164, 164, 72),
        new(StructFieldId.FormatChapters, "AVFormatContext", "chapters", 168, 168, 80),
        new(StructFieldId.FormatMetadata, "AVFormatContext", "metadata", 176, 176, 192),

        new(StructFieldId.StreamIndex, "AVStream", "index", 0, 8, 8),
        new(StructFieldId.StreamId, "AVStream", "id", 4, 12, 12),
        new(StructFieldId.StreamCodecpar, "AVStream", "codecpar", 208, 16, 16),
        new(StructFieldId.StreamTimeBase, "AVStream", "time_base", 16, 32, 32),
        new(StructFieldId.StreamStartTime, "AVStream", "start_time", 24, 40, 40),
        new(StructFieldId.StreamDuration, "AVStream", "duration", 32, 48, 48),
        new(StructFieldId.StreamNbFrames, "AVStream", "nb_frames", 40, 56, 56),
        new(StructFieldId.StreamDisposition, "AVStream", "disposition", 48, 64, 64),
        new(StructFieldId.StreamDiscard, "AVStream", "discard", 52, 68, 68),
        new(StructFieldId.StreamSampleAspectRatio, "AVStream", "sample_aspect_ratio", 56, 72, 72),
        new(StructFieldId.StreamMetadata, "AVStream", "metadata", 64, 80, 80),
        new(StructFieldId.StreamAvgFrameRate, "AVStream", "avg_frame_rate", 72, 88, 88),
        new(StructFieldId.StreamRFrameRate, "AVStream", "r_frame_rate", 200, 216, 216),

        new(StructFieldId.ParametersCodecType, "AVCodecParameters", "codec_type", 0, 0, 0),
        new(StructFieldId.ParametersCodecId, "AVCodecParameters", "codec_id", 4, 4, 4),
        new(StructFieldId.ParametersCodecTag, "AVCodecParameters", "codec_tag", 8, 8, 8),
        new(StructFieldId.ParametersExtradata, "AVCodecParameters", "extradata", 16, 16, 16),
        new(StructFieldId.ParametersExtradataSize, "AVCodecParameters", "extradata_size", 24, 24, 24),
        new(StructFieldId.ParametersFormat, "AVCodecParameters", "format", 28, 28, 44),
        new(StructFieldId.ParametersBitRate, "AVCodecParameters", "bit_rate", 32, 32, 48),
        new(StructFieldId.ParametersBitsPerCodedSample, "AVCodecParameters", "bits_per_coded_sample", 40, 40, 56),
        new(StructFieldId.ParametersBitsPerRawSample, "AVCodecParameters", "bits_per_raw_sample", 44, 44, 60),
        new(StructFieldId.ParametersProfile, "AVCodecParameters", "profile", 48, 48, 64),
        new(StructFieldId.ParametersLevel, "AVCodecParameters", "level", 52, 52, 68),
        new(StructFieldId.ParametersWidth, "AVCodecParameters", "width", 56, 56, 72),
        new(StructFieldId.ParametersHeight, "AVCodecParameters", "height", 60, 60, 76),
        new(StructFieldId.ParametersSampleAspectRatio, "AVCodecParameters", "sample_aspect_ratio", 64, 64, 80),
        new(StructFieldId.ParametersFieldOrder, "AVCodecParameters", "field_order", 72, 72, 96),
        new(StructFieldId.ParametersColorRange, "AVCodecParameters", "color_range", 76, 76, 100),
        new(StructFieldId.ParametersColorPrimaries, "AVCodecParameters", "color_primaries", 80, 80, 104),
        new(StructFieldId.ParametersColorTrc, "AVCodecParameters", "color_trc", 84, 84, 108),
        new(StructFieldId.ParametersColorSpace, "AVCodecParameters", "color_space", 88, 88, 112),
        new(StructFieldId.ParametersChromaLocation, "AVCodecParameters", "chroma_location", 92, 92, 116),
        new(StructFieldId.ParametersVideoDelay, "AVCodecParameters", "video_delay", 96, 96, 120),
        new(StructFieldId.ParametersSampleRate, "AVCodecParameters", "sample_rate", 116, 116, 152),
        new(StructFieldId.ParametersFrameSize, "AVCodecParameters", "frame_size", 124, 124, 160),
        new(StructFieldId.ParametersChLayout, "AVCodecParameters", "ch_layout", 144, 144, 128),
        new(StructFieldId.ParametersCodedSideData, "AVCodecParameters", "coded_side_data", -1, 176, 32),
        new(StructFieldId.ParametersNbCodedSideData, "AVCodecParameters", "nb_coded_side_data", -1, 184, 40),

        new(StructFieldId.CodecCodecId, "AVCodecContext", "codec_id", 24, 24, 24),
        new(StructFieldId.CodecCodecTag, "AVCodecContext", "codec_tag", 28, 28, 28),
        new(StructFieldId.CodecBitRate, "AVCodecContext", "bit_rate", 56, 56, 56),
        new(StructFieldId.CodecFlags, "AVCodecContext", "flags", 76, 76, 64),
        new(StructFieldId.CodecFlags2, "AVCodecContext", "flags2", 80, 80, 68),
        new(StructFieldId.CodecExtradata, "AVCodecContext", "extradata", 88, 88, 72),
        new(StructFieldId.CodecExtradataSize, "AVCodecContext", "extradata_size", 96, 96, 80),
        new(StructFieldId.CodecTimeBase, "AVCodecContext", "time_base", 100, 100, 84),
        new(StructFieldId.CodecWidth, "AVCodecContext", "width", 116, 116, 116),
        new(StructFieldId.CodecHeight, "AVCodecContext", "height", 120, 120, 120),
        new(StructFieldId.CodecGopSize, "AVCodecContext", "gop_size", 132, 132, 332),
        new(StructFieldId.CodecPixFmt, "AVCodecContext", "pix_fmt", 136, 136, 140),
        new(StructFieldId.CodecGetFormat, "AVCodecContext", "get_format", 152, 152, 192),
        new(StructFieldId.CodecMaxBFrames, "AVCodecContext", "max_b_frames", 160, 160, 200),
        new(StructFieldId.CodecHasBFrames, "AVCodecContext", "has_b_frames", 172, 172, 176),
        new(StructFieldId.CodecSampleAspectRatio, "AVCodecContext", "sample_aspect_ratio", 216, 216, 132),
        new(StructFieldId.CodecColorPrimaries, "AVCodecContext", "color_primaries", 324, 324, 148),
        new(StructFieldId.CodecColorTrc, "AVCodecContext", "color_trc", 328, 328, 152),
        new(StructFieldId.CodecColorspace, "AVCodecContext", "colorspace", 332, 332, 156),
        new(StructFieldId.CodecColorRange, "AVCodecContext", "color_range", 336, 336, 160),
        new(StructFieldId.CodecChromaSampleLocation, "AVCodecContext", "chroma_sample_location", 340, 340, 164),
        new(StructFieldId.CodecSampleRate, "AVCodecContext", "sample_rate", 352, 352, 344),
        new(StructFieldId.CodecSampleFmt, "AVCodecContext", "sample_fmt", 360, 360, 348),
        new(StructFieldId.CodecFrameSize, "AVCodecContext", "frame_size", 364, 364, 376),
        new(StructFieldId.CodecChLayout, "AVCodecContext", "ch_layout", 920, 912, 352),
        new(StructFieldId.CodecFramerate, "AVCodecContext", "framerate", 712, 704, 100),
        new(StructFieldId.CodecPktTimebase, "AVCodecContext", "pkt_timebase", 724, 716, 92),
        new(StructFieldId.CodecThreadCount, "AVCodecContext", "thread_count", 636, 636, 656),
        new(StructFieldId.CodecThreadType, "AVCodecContext", "thread_type", 640, 640, 660),
        new(StructFieldId.CodecSkipFrame, "AVCodecContext", "skip_frame", 692, 684, 708),
        new(StructFieldId.CodecHwFramesCtx, "AVCodecContext", "hw_frames_ctx", 848, 840, 552),
        new(StructFieldId.CodecHwDeviceCtx, "AVCodecContext", "hw_device_ctx", 872, 864, 560),
        new(StructFieldId.CodecExtraHwFrames, "AVCodecContext", "extra_hw_frames", 888, 880, 572),
        new(StructFieldId.CodecBitsPerRawSample, "AVCodecContext", "bits_per_raw_sample", 628, 628, 652),

        new(StructFieldId.FrameData, "AVFrame", "data", 0, 0, 0),
        new(StructFieldId.FrameLinesize, "AVFrame", "linesize", 64, 64, 64),
        new(StructFieldId.FrameExtendedData, "AVFrame", "extended_data", 96, 96, 96),
        new(StructFieldId.FrameWidth, "AVFrame", "width", 104, 104, 104),
        new(StructFieldId.FrameHeight, "AVFrame", "height", 108, 108, 108),
        new(StructFieldId.FrameNbSamples, "AVFrame", "nb_samples", 112, 112, 112),
        new(StructFieldId.FrameFormat, "AVFrame", "format", 116, 116, 116),
        new(StructFieldId.FrameKeyFrame, "AVFrame", "key_frame", 120, 120, 120),
        new(StructFieldId.FramePictType, "AVFrame", "pict_type", 124, 124, 124),
        new(StructFieldId.FrameSampleAspectRatio, "AVFrame", "sample_aspect_ratio", 128, 128, 128),
        new(StructFieldId.FramePts, "AVFrame", "pts", 136, 136, 136),
        new(StructFieldId.FramePktDts, "AVFrame", "pkt_dts", 144, 144, 144),
        new(StructFieldId.FrameSampleRate, "AVFrame", "sample_rate", 208, 208, 192),
        new(StructFieldId.FrameSideData, "AVFrame", "side_data", 304, 304, 280),
        new(StructFieldId.FrameNbSideData, "AVFrame", "nb_side_data", 312, 312, 288),
        new(StructFieldId.FrameFlags, "AVFrame", "flags", 316, 316, 292),
        new(StructFieldId.FrameColorRange, "AVFrame", "color_range", 320, 320, 296),
        new(StructFieldId.FrameColorPrimaries, "AVFrame", "color_primaries", 324, 324, 300),
        new(StructFieldId.FrameColorTrc, "AVFrame", "color_trc", 328, 328, 304),
        new(StructFieldId.FrameColorspace, "AVFrame", "colorspace", 332, 332, 308),
        new(StructFieldId.FrameChromaLocation, "AVFrame", "chroma_location", 336, 336, 312),
        new(StructFieldId.FrameBestEffortTimestamp, "AVFrame", "best_effort_timestamp", 344, 344, 320),
        new(StructFieldId.FramePktPos, "AVFrame", "pkt_pos", 352, 352, 328),
        new(StructFieldId.FrameMetadata, "AVFrame", "metadata", 368, 368, 336),
        new(StructFieldId.FrameDecodeErrorFlags, "AVFrame", "decode_error_flags", 376, 376, 344),
        new(StructFieldId.FrameHwFramesCtx, "AVFrame", "hw_frames_ctx", 392, 392, 352),
        new(StructFieldId.FrameChLayout, "AVFrame", "ch_layout", 448, 448, 408),
        new(StructFieldId.FrameDuration, "AVFrame", "duration", 360, 472, 432),

        new(StructFieldId.ParserFlags, "AVCodecParserContext", "flags", 184, 184, 184),
        new(StructFieldId.ParserPictType, "AVCodecParserContext", "pict_type", 40, 40, 40),
        new(StructFieldId.ParserKeyFrame, "AVCodecParserContext", "key_frame", 232, 232, 232),
        new(StructFieldId.ParserPictureStructure, "AVCodecParserContext", "picture_structure", 304, 304, 304),
        new(StructFieldId.ParserOutputPictureNumber, "AVCodecParserContext", "output_picture_number", 308, 308, 308),
        new(StructFieldId.ParserWidth, "AVCodecParserContext", "width", 312, 312, 312),
        new(StructFieldId.ParserFormat, "AVCodecParserContext", "format", 328, 328, 328),
    ];

    /// <summary>The offset of a field in bytes; -1 where this release lacks it.</summary>
    public int this[StructFieldId field] => _offsets[(int)field];
}
