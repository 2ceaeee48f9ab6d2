using System.Globalization;
using Vsr.Data.Preparation.Transcoding;
using Vsr.Video;

namespace Vsr.Data.Preparation.Frames;

/// <summary>Writes a scene's frames as numbered pictures on several threads, each of which reads a part of the scene.</summary>
internal sealed class PictureRange(FrameExtractionOptions options, SceneCopy scene, string folder)
{
    private const int LeastFrames = 8;                                          // a part begins with a seek

    /// <summary>Writes all frames.</summary>
    /// <returns>The pictures' size.</returns>
    public (int Width, int Height) WriteAll(int jobs, PreparationClock clock, CancellationToken cancellation)
    {
        int part = Math.Max(LeastFrames, (scene.Frames + (2 * jobs) - 1) / (2 * jobs));
        int parts = (scene.Frames + part - 1) / part;
        try
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
                Write(i * part, Math.Min(part, scene.Frames - (i * part)), clock, cancellation));
        }
        catch (AggregateException failures)
        {
            Exception first = failures.InnerExceptions.FirstOrDefault(failure => failure is VsrException) ?? failures.InnerExceptions[0];
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        return options.Resolution.SizeOf(scene.Stream);
    }

    private void Write(int first, int count, PreparationClock clock, CancellationToken cancellation)
    {
        using FrameReader reader = new(scene.Path, new FrameReaderOptions { MemoryLimitBytes = 0, Threads = 1 });
        using ShownFrames frames = new(reader.Stream, options.Resolution, PixelFormatOf(reader), options.Scaling);
        bool isWhole = reader.FrameCount == scene.Frames && SequentialFrames.Read(
            reader,
            first,
            count,
            frame =>
            {
                using VideoFrame shown = frames.Show(frame);
                string name = string.Create(CultureInfo.InvariantCulture, $"{frame.Index + 1:D5}.{options.EffectiveFormat}");
                PictureFile.Write(Path.Combine(folder, name), RgbConverter.ToImage(shown).To8Bit(), options.EffectiveQuality);
                clock.Add(1);
            },
            cancellation);
        if (!isWhole)
        {
            throw new VideoFormatException("the file is damaged, which showed only now; run the command again to read what is in it", scene.Path);
        }
    }

    // Colour at full size, so that no more of it is lost than the scene's own format lacks.
    private static string PixelFormatOf(FrameReader reader) =>
        reader.Stream.PixelFormat is { BitDepth: > 8 } ? "yuv444p10le" : "yuv444p";
}
