using Vsr.Tests;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Clips made on the spot by the program's own writer: texture that moves, and grain that differs in each frame.</summary>
internal static class WriterClip
{
    /// <summary>Name, encoder, pixel format and the encoder's parameters of kinds of video that an engine may take.</summary>
    public static TheoryData<string, string, string, string> Kinds => new()
    {
        { "h264.mp4", "libx264", "yuv420p", "" },
        { "h264-open.mp4", "libx264", "yuv420p", "open-gop=1" },
        { "h264-open.mkv", "libx264", "yuv420p", "open-gop=1:b-pyramid=none" },
        { "h264-refresh.mp4", "libx264", "yuv420p", "intra-refresh=1" },
        { "h264-interlaced.mp4", "libx264", "yuv420p", "tff=1" },
        { "h264-cavlc.ts", "libx264", "yuv420p", "cabac=0:ref=5" },
        { "h264-full.mp4", "libx264", "yuvj420p", "" },
        { "hevc.mp4", "libx265", "yuv420p", "" },
        { "hevc-open.mp4", "libx265", "yuv420p", "open-gop=1" },
        { "hevc-open.ts", "libx265", "yuv420p", "open-gop=1" },
        { "hevc-10.mp4", "libx265", "yuv420p10le", "" },
        { "hevc-12.mkv", "libx265", "yuv420p12le", "" },
        { "hevc-444.mp4", "libx265", "yuv444p", "" },
        { "hevc-444-10.mp4", "libx265", "yuv444p10le", "" },
    };

    /// <summary>Encodes a clip with a key frame every 12.</summary>
    public static string Make(
        TemporaryFolder folder, string name, string codec, string format, string parameters, int width = 192, int height = 160)
    {
        string quiet = codec == "libx265" ? "log-level=none:pools=1:" : "";
        string key = codec == "libx265" ? "x265-params" : "x264-params";
        string text = (quiet + parameters).TrimEnd(':');
        return Make(folder, name, new VideoWriterOptions
        {
            Width = width,
            Height = height,
            Codec = codec,
            PixelFormat = format,
            GroupSize = 12,
            BFrames = codec == "ffv1" ? null : 3,
            Crf = 24,
            EncoderOptions = text.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { [key] = text },
        });
    }

    /// <summary>Encodes a clip; skips the test where this FFmpeg lacks the encoder or the pixel format.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="options">Codec, size and the like.</param>
    /// <param name="frames">How many frames.</param>
    public static string Make(TemporaryFolder folder, string name, VideoWriterOptions options, int frames = 48)
    {
        string path = folder.File(name);
        VideoWriter writer;
        try
        {
            writer = new VideoWriter(path, options with { Preset = options.Preset ?? "veryfast", Threads = 1 });
        }
        catch (VsrException failure)
        {
            Assert.Skip($"this FFmpeg does not make the clip: {failure.Message}");
            throw;
        }

        using (writer)
        {
            Random random = new(frames);
            byte[] picture = new byte[3 * options.Width * options.Height];
            for (int i = 0; i < frames; i++)
            {
                Paint(picture, options.Width, options.Height, i, random);
                writer.Write(picture, i);
            }

            writer.Finish();
        }

        return path;
    }

    private static void Paint(byte[] planar, int width, int height, int frame, Random random)
    {
        for (int plane = 0; plane < 3; plane++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int wave = (((x + (3 * frame)) * (plane + 2)) ^ ((y + (frame * plane)) * 3)) & 127;
                    bool isBlock = Math.Abs(x - (frame * 5 % width)) < 12 && Math.Abs(y - (frame * 3 % height)) < 12;
                    planar[(((plane * height) + y) * width) + x] = (byte)((isBlock ? 255 - wave : 64 + wave) ^ random.Next(8));
                }
            }
        }
    }
}
