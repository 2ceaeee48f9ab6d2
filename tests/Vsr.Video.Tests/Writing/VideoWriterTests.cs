using System.Globalization;
using Vsr.Tests;

namespace Vsr.Video.Tests.Writing;

public class VideoWriterTests
{
    private static readonly ColorDescription Bt709 = new("bt709", "tv", "bt709", "bt709", "left");

    [Theory]
    [InlineData("a.mp4", "libx264", "yuv420p")]
    [InlineData("a.mov", "libx264", "yuv422p10le")]
    [InlineData("a.mkv", "libx265", "yuv420p10le")]
    [InlineData("a.mkv", "ffv1", "bgr0")]
    [InlineData("a.mp4", "mpeg4", "yuv420p")]
    public void WritesWhatFfprobeReads(string name, string codec, string pixelFormat)
    {
        using TemporaryFolder folder = new();
        string path = folder.File(name);
        Write(path, new VideoWriterOptions
        {
            Width = 64,
            Height = 48,
            Codec = codec,
            PixelFormat = pixelFormat,
            TimeBase = new Rational(1, 1000),
            FrameRate = new Rational(25, 1),
            SampleAspect = new Rational(4, 3),
            Rotation = -90,
            Color = pixelFormat == "bgr0" ? null : Bt709,
            Tone = new AudioTone(),
        }, [.. Enumerable.Range(0, 20).Select(i => 40L * i)]);

        Dictionary<string, string> video = Probe(path, "v:0", "stream");
        Assert.Equal("64", video["width"]);
        Assert.Equal("48", video["height"]);
        Assert.Equal(pixelFormat, video["pix_fmt"]);
        Assert.Equal("4:3", video["sample_aspect_ratio"]);
        Assert.Equal("20", video["nb_read_frames"]);
        if (!name.EndsWith(".mkv", StringComparison.Ordinal))
        {
            Assert.Equal("-90", video["rotation"]);
        }

        if (pixelFormat != "bgr0")
        {
            Assert.Equal(("tv", "bt709", "bt709", "bt709"), (video["color_range"], video["color_space"],
                video["color_primaries"], video["color_transfer"]));
        }

        Dictionary<string, string> audio = Probe(path, "a:0", "stream");
        Assert.Equal("aac", audio["codec_name"]);
        Assert.Equal("48000", audio["sample_rate"]);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("a.mp4", 90000, 0)]
    [InlineData("a.mov", 30000, 0)]
    [InlineData("a.mp4", 12800, 2)]
    [InlineData("a.mkv", 1000, 2)]
    public void UnevenTimesAreKeptToTheTick(string name, int ticksPerSecond, int bFrames)
    {
        using TemporaryFolder folder = new();
        long[] times = [0, 3003, 3004, 9000, 9500, 20000, 20001, 30000, 90000, 90090, 99999, 100001];
        times = ticksPerSecond == 1000 ? [.. times.Select((_, i) => (long)(i * i * 7) + i)] : times;
        Write(folder.File(name), new VideoWriterOptions
        {
            Width = 32,
            Height = 32,
            TimeBase = new Rational(1, ticksPerSecond),
            BFrames = bFrames,
            GroupSize = 5,
        }, times);

        string output = OracleProgram.Run("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries",
            "frame=pts:stream=time_base", "-of", "csv=p=0", folder.File(name));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        long denominator = long.Parse(lines[^1].Split('/')[1], CultureInfo.InvariantCulture);
        IEnumerable<long> read = lines[..^1].Select(line => long.Parse(line.Trim(','), CultureInfo.InvariantCulture));
        Assert.Equal(times.Select(time => time * denominator / ticksPerSecond), read);
    }

    [Fact]
    public void ALastFrameKeepsItsDuration()
    {
        using TemporaryFolder folder = new();
        using (VideoWriter writer = new(folder.File("a.mp4"), Small with { TimeBase = new Rational(1, 1000) }))
        {
            writer.Write(Picture(32, 32, 0), 0, 100);
            writer.Write(Picture(32, 32, 1), 100, 700);
            writer.Finish();
        }

        Assert.Equal(0.8, double.Parse(Probe(folder.File("a.mp4"), "v:0", "stream")["duration"], CultureInfo.InvariantCulture), 1e-3);
    }

    [Theory]
    [InlineData("yuv420p", "ffv1", 8)]
    [InlineData("yuv444p10le", "ffv1", 16)]
    public void LosslessCodecsKeepTheConvertedPlanes(string pixelFormat, string codec, int bits)
    {
        using TemporaryFolder folder = new();
        RgbImage image = new(50, 34, bits);
        Random random = new(5);
        if (bits == 8)
        {
            random.NextBytes(image.Samples8);
        }
        else
        {
            foreach (ref ushort sample in image.Samples16)
            {
                sample = (ushort)random.Next(65536);
            }
        }

        using (VideoWriter writer = new(folder.File("a.mkv"), new VideoWriterOptions
        {
            Width = 50,
            Height = 34,
            Codec = codec,
            PixelFormat = pixelFormat,
            Color = Bt709,
        }))
        {
            writer.Write(image, 0);
            writer.Finish();
        }

        Color.TestPicture expected = new(PictureLayouts.Of(pixelFormat), 50, 34);
        if (bits == 8)
        {
            YuvConversion.Convert<byte>(image.Samples8, 50, 34, expected.Layout, Bt709, expected.Buffers);
        }
        else
        {
            YuvConversion.Convert<ushort>(image.Samples16, 50, 34, expected.Layout, Bt709, expected.Buffers);
        }

        OracleProgram.Run("ffmpeg", "-v", "error", "-i", folder.File("a.mkv"), "-f", "rawvideo", folder.File("a.raw"));
        Assert.Equal(expected.CopyTight(), File.ReadAllBytes(folder.File("a.raw")));
    }

    [Fact]
    public void RawPlanesPassUnchanged()
    {
        using TemporaryFolder folder = new();
        byte[] planes = new byte[(33 * 21) + (2 * 17 * 11)];
        new Random(9).NextBytes(planes);
        using (VideoWriter writer = new(folder.File("a.mkv"), Small with { Width = 33, Height = 21, Codec = "ffv1" }))
        {
            writer.WriteRaw(planes, 0);
            Assert.Throws<ArgumentException>(() => writer.WriteRaw(planes.AsSpan(1), 1));
            writer.Finish();
        }

        OracleProgram.Run("ffmpeg", "-v", "error", "-i", folder.File("a.mkv"), "-f", "rawvideo", folder.File("a.raw"));
        Assert.Equal(planes, File.ReadAllBytes(folder.File("a.raw")));
    }

    [Fact]
    public void NothingIsLeftWithoutFinish()
    {
        using TemporaryFolder folder = new();
        using (VideoWriter writer = new(folder.File("a.mp4"), Small))
        {
            writer.Write(Picture(32, 32, 0), 0);
            Assert.Single(Directory.EnumerateFiles(folder.Path)); // the hidden one
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void ToneLastsAsLongAsTheVideo()
    {
        using TemporaryFolder folder = new();
        Write(folder.File("a.mp4"), Small with { Tone = new AudioTone { SampleRate = 44100 } }, [.. Enumerable.Range(0, 50).Select(i => (long)i)]);
        Assert.Equal(2.0, double.Parse(Probe(folder.File("a.mp4"), "a:0", "stream")["duration"], CultureInfo.InvariantCulture), 0.001);
    }

    internal static VideoWriterOptions Small => new() { Width = 32, Height = 32, Preset = "ultrafast", Threads = 1 };

    internal static byte[] Picture(int width, int height, int seed)
    {
        byte[] planar = new byte[3 * width * height];
        for (int i = 0; i < planar.Length; i++)
        {
            planar[i] = (byte)((i * (seed + 1) / 3) + (seed * 20));
        }

        return planar;
    }

    private static void Write(string path, VideoWriterOptions options, long[] times)
    {
        using VideoWriter writer = new(path, options);
        for (int i = 0; i < times.Length; i++)
        {
            writer.Write(Picture(options.Width, options.Height, i), times[i]);
        }

        writer.Finish();
    }

    private static Dictionary<string, string> Probe(string path, string stream, string section)
    {
        string output = OracleProgram.Run("ffprobe", "-v", "error", "-count_frames", "-select_streams", stream,
            $"-show_{section}s", "-of", "default=nw=1", path);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(g => g.Key, g => g.Last()[1]);
    }
}
