using TorchSharp;
using Vsr.Data;
using Vsr.Video;
using Vsr.Video.Writing;
using static TorchSharp.torch;

namespace Vsr.Cli.Demo;

/// <summary>Cuts the sample clip into what is trained on, what is scored and what is upscaled.</summary>
internal static class DemoClips
{
    /// <summary>Frames that are upscaled.</summary>
    public const int UpscaledFrames = 48;

    private const int FirstReduction = 2;
    private const int SecondReduction = 3;

    /// <summary>Writes the first three quarters of the clip and the last one, losslessly.</summary>
    public static void Cut(string sample, DemoFolder folder, CancellationToken cancellation)
    {
        using FrameReader reader = new(sample);
        int trained = reader.FrameCount * 3 / 4;
        Copy(reader, 0, trained, folder.TrainingClip, cancellation);
        Copy(reader, trained, reader.FrameCount - trained, folder.ScoredClip, cancellation);
    }

    /// <summary>Writes the beginning of the clip at a sixth of its size, with its sound.</summary>
    public static void Reduce(string sample, string output, CancellationToken cancellation)
    {
        using VideoFrameSource clip = new(sample);
        VideoStreamInfo stream = clip.Reader.Stream;
        int width = clip.Width / FirstReduction / SecondReduction;
        int height = clip.Height / FirstReduction / SecondReduction;
        VideoWriterOptions options = new()
        {
            Width = width,
            Height = height,
            TimeBase = stream.TimeBase,
            FrameRate = stream.AverageRate,
            Color = stream.Color,
            Crf = 10,
            Overwrite = true,
        };
        using StreamCopySource sound = new(sample, stream.Index, StreamCopyContainer.Mp4);
        using StreamCopyWriter writer = new(output, options, sound);
        byte[] whole = new byte[3 * clip.Width * clip.Height];
        int count = Math.Min(UpscaledFrames, clip.FrameCount);
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            clip.ReadRgb8(i, whole);
            writer.WriteRgb(Reduce(whole, clip.Width, clip.Height), TimeOf(i), TimeOf(i + 1) - TimeOf(i));
        }

        writer.FinishAt(TimeOf(count));

        long TimeOf(int index) => index < clip.FrameCount
            ? clip.Reader.Index.PtsTicks(index) ?? index
            : TimeOf(index - 1) + Math.Max(1, TimeOf(index - 1) - TimeOf(index - 2));
    }

    /// <summary>Frame i of a clip as float32 [1, 3, H, W], 0..1.</summary>
    public static Tensor Read(IFrameSource clip, int index)
    {
        byte[] planar = new byte[3 * clip.Width * clip.Height];
        clip.ReadRgb8(index, planar);
        return ToTensor(planar, clip.Width, clip.Height);
    }

    /// <summary>Writes a frame [1, 3, H, W], rounded to 8 bit, as .png.</summary>
    public static void WritePicture(string path, Tensor frame) =>
        PictureFile.Write(path, RgbImage.FromRgb8((int)frame.size(3), (int)frame.size(2), ToBytes(frame)));

    private static void Copy(FrameReader reader, int start, int count, string output, CancellationToken cancellation)
    {
        VideoStreamInfo stream = reader.Stream;
        long first = reader.Index.PtsTicks(start) ?? 0;
        using VideoWriter writer = new(output, new VideoWriterOptions
        {
            Width = stream.Width,
            Height = stream.Height,
            TimeBase = stream.TimeBase,
            FrameRate = stream.AverageRate,
            Codec = "ffv1",
            PixelFormat = stream.PixelFormat!.Name,
            Color = stream.Color,
            Overwrite = true,
        });
        for (int i = start; i < start + count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using VideoFrame frame = reader.GetFrame(i);
            writer.WriteRaw(frame.CopyTight(), (frame.PtsTicks ?? i) - first);
        }

        writer.Finish();
    }

    private static byte[] Reduce(byte[] planar, int width, int height)
    {
        using DisposeScope scope = NewDisposeScope();
        using Tensor whole = ToTensor(planar, width, height);
        return ToBytes(Degradation.Reduce(Degradation.Reduce(whole, FirstReduction), SecondReduction));
    }

    private static Tensor ToTensor(byte[] planar, int width, int height)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor levels = tensor(planar, ScalarType.Byte).reshape(1, 3, height, width);
        return scope.MoveToOuter(levels.to(ScalarType.Float32) / 255);
    }

    private static byte[] ToBytes(Tensor frame)
    {
        using DisposeScope scope = NewDisposeScope();
        return (Degradation.Quantize(frame) * 255).round().to(ScalarType.Byte).cpu().contiguous().bytes.ToArray();
    }
}
