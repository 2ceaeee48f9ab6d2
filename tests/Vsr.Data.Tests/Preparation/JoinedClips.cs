using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Films made of the shared clips, each cut to some length, brought to one size.</summary>
internal static class JoinedClips
{
    private const int Width = 1280;
    private const int Height = 720;

    /// <summary>Writes a film of about so many frames.</summary>
    /// <param name="path">The film.</param>
    /// <param name="clips">The clips; some are used more than once where they do not suffice.</param>
    /// <param name="frames">At least so many frames.</param>
    /// <param name="seed">Decides on order, lengths and places.</param>
    /// <returns>The frames that begin a clip, without 0; and the number of frames.</returns>
    public static (IReadOnlyList<int> Cuts, int Frames) Write(string path, IReadOnlyList<string> clips, int frames, int seed)
    {
        Random random = new(seed);
        List<int> cuts = [];
        int count = 0;
        using VideoWriter writer = new(path, new VideoWriterOptions
        {
            Width = Width,
            Height = Height,
            Crf = 20,
            Preset = "ultrafast",
            FrameRate = new Rational(30, 1),
            TimeBase = new Rational(1, 30),
            Color = new ColorDescription("bt709", "tv", "bt709", "bt709", "left"),
        });
        Queue<string> order = new();
        while (count < frames)
        {
            if (order.Count == 0)
            {
                order = new Queue<string>(clips.OrderBy(_ => random.Next()));
            }

            if (count > 0)
            {
                cuts.Add(count);
            }

            count = Append(writer, order.Dequeue(), random.Next(40, 130), random, count);
        }

        writer.Finish();
        return (cuts, count);
    }

    private static int Append(VideoWriter writer, string clip, int length, Random random, int count)
    {
        using FrameReader reader = new(clip, new FrameReaderOptions { MemoryLimitBytes = 0 });
        length = Math.Min(length, reader.FrameCount);
        int first = random.Next(0, reader.FrameCount - length + 1);
        FrameScaler? scaler = null;
        for (int i = first; i < first + length; i++, count++)
        {
            using VideoFrame frame = reader.GetFrame(i);
            scaler ??= new FrameScaler(frame, "yuv420p", Width, Height, ScalingFilter.Bilinear);
            using VideoFrame scaled = scaler.Scale(frame);
            writer.Write(scaled, count);
        }

        scaler?.Dispose();
        return count;
    }
}
