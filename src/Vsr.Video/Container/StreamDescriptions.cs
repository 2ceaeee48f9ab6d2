using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Reads the descriptions of a file's streams and chooses the video stream.</summary>
internal static unsafe class StreamDescriptions
{
    private const double MicrosecondsPerSecond = 1e6;

    /// <summary>Describes an open file.</summary>
    /// <exception cref="VideoFormatException">There is no such video stream.</exception>
    public static VideoFileInfo Read(AVFormatContext* context, string path, int? wanted)
    {
        var streams = new StreamInfo[context->NbStreams];
        for (int i = 0; i < streams.Length; i++)
        {
            AVCodecParameters* parameters = context->Streams[i]->Codecpar;
            streams[i] = new StreamInfo(
                i,
                Utf8.ToText(LibAvUtil.av_get_media_type_string(parameters->CodecType)) ?? "unknown",
                Utf8.ToText(LibAvCodec.avcodec_get_name(parameters->CodecId)) ?? "none");
        }

        int chosen = Choose(context, streams, path, wanted);
        return new VideoFileInfo(
            path, Utf8.ToText(context->Iformat->Name)!, streams, Describe(context, context->Streams[chosen]));
    }

    private static int Choose(AVFormatContext* context, StreamInfo[] streams, string path, int? wanted)
    {
        string list = streams.Length == 0
            ? "it has no streams"
            : "its streams: " + string.Join(", ", streams.Select(stream => $"{stream.Index} {stream.Type} {stream.Codec}"));
        if (wanted is int number)
        {
            return (uint)number < (uint)streams.Length && streams[number].Type == "video"
                ? number
                : throw new VideoFormatException($"stream {number} is no video stream; {list}", path) { Stream = number };
        }

        for (int i = 0; i < streams.Length; i++)
        {
            bool picture = (context->Streams[i]->Disposition & FFmpegConstants.DispositionAttachedPic) != 0;
            if (streams[i].Type == "video" && !picture)
            {
                return i;
            }
        }

        throw new VideoFormatException($"has no video stream; {list}", path);
    }

    private static VideoStreamInfo Describe(AVFormatContext* context, AVStream* stream)
    {
        AVCodecParameters* parameters = stream->Codecpar;
        Rational timeBase = FromNative(stream->TimeBase);
        return new VideoStreamInfo
        {
            Index = stream->Index,
            Codec = Utf8.ToText(LibAvCodec.avcodec_get_name(parameters->CodecId)) ?? "none",
            IsLossless = CodecLoss.IsLossless(parameters),
            Width = parameters->Width,
            Height = parameters->Height,
            PixelFormat = PixelFormat.FromId(parameters->Format),
            TimeBase = timeBase,
            StartPts = stream->StartTime == FFmpegConstants.NoPts ? null : stream->StartTime,
            DurationSeconds = Duration(context, stream, timeBase),
            AverageRate = Known(FromNative(stream->AvgFrameRate)),
            Rotation = Rotation(stream),
            SampleAspect = Known(FromNative(LibAvFormat.av_guess_sample_aspect_ratio(context, stream, null))),
            Color = ColorNames.Of(parameters),
        };
    }

    private static double? Duration(AVFormatContext* context, AVStream* stream, Rational timeBase)
    {
        if (stream->Duration > 0)
        {
            return (double)stream->Duration * timeBase.Numerator / timeBase.Denominator;
        }

        return context->Duration > 0 ? context->Duration / MicrosecondsPerSecond : null;
    }

    // From 6.1 on, FFmpeg keeps a stream's side data in its codec parameters.
    private static int Rotation(AVStream* stream)
    {
        const int type = FFmpegConstants.PacketSideDataDisplayMatrix;
        byte* matrix;
        if (FFmpegLibrary.Instance.Release == FFmpegRelease.V51)
        {
            matrix = LibAvFormat.av_stream_get_side_data(stream, type, null);
        }
        else
        {
            AVCodecParameters* parameters = stream->Codecpar;
            AVPacketSideData* data = LibAvCodec.av_packet_side_data_get(
                parameters->CodedSideData, parameters->NbCodedSideData, type);
            matrix = data is null ? null : data->Data;
        }

        double degrees = matrix is null ? 0 : LibAvUtil.av_display_rotation_get((int*)matrix);
        return double.IsNaN(degrees) ? 0 : (int)Math.Round(degrees);
    }

    private static Rational? Known(Rational value) => value.IsKnown ? value : null;

    private static Rational FromNative(AVRational value) => new(value.Numerator, value.Denominator);
}
