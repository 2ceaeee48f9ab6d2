using Vsr.Upscaling.Color;
using Vsr.Upscaling.Pipeline;
using Vsr.Video;
using Vsr.Video.Writing;

namespace Vsr.Upscaling;

/// <summary>What the output's pictures are: size, pixel format, colour tags, and how they are encoded.</summary>
internal sealed record OutputPicture
{
    /// <summary>For the writer.</summary>
    public required VideoWriterOptions WriterOptions { get; init; }

    /// <summary>From the network's RGB to the writer's planes.</summary>
    public required DeviceYuvConversion Conversion { get; init; }

    /// <summary>What cannot be kept, one line each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Plans the output of a video.</summary>
    /// <param name="video">The input.</param>
    /// <param name="scale">The network's factor.</param>
    /// <param name="options">Encoder and quality.</param>
    /// <exception cref="VsrException">There is no such encoder, or it takes no suitable format.</exception>
    public static OutputPicture Plan(DecodedVideo video, int scale, UpscaleOptions options)
    {
        int width = scale * video.Width;
        int height = scale * video.Height;
        PictureLayout layout = OutputPixelFormat.Choose(video.Layout, EncoderFormats.Of(options.Codec), options.Codec);
        ColorDescription color = OutputColor.For(video.Color, video.Layout, layout, video.Height, height);
        List<string> warnings = [];
        if (OutputPixelFormat.DescribeLoss(video.Layout, layout, options.Codec) is { } loss)
        {
            warnings.Add(loss);
        }

        if (video.HasAlpha)
        {
            warnings.Add($"transparency ({video.Layout.Name}) is not carried over");
        }

        return new OutputPicture
        {
            Conversion = new DeviceYuvConversion(layout, color, height),
            Warnings = warnings,
            WriterOptions = new VideoWriterOptions
            {
                Width = width,
                Height = height,
                TimeBase = video.Stream.TimeBase,
                FrameRate = video.Stream.AverageRate,
                Codec = options.Codec,
                PixelFormat = layout.Name,
                Crf = options.Crf,
                Preset = options.Preset,
                Color = color,
                SampleAspect = video.Stream.SampleAspect,
                Overwrite = options.Overwrite,
            },
        };
    }
}
