using Vsr.Tests;
using Vsr.Video;
using Vsr.Video.Writing;

namespace Vsr.Upscaling.Tests.Copying;

/// <summary>New pictures beside another file's sound, subtitles, chapters and tags; ffmpeg and ffprobe are the witnesses.</summary>
public class StreamCopyWriterTests
{
    private const int Width = 64;
    private const int Height = 48;

    private static readonly string Sample = Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.mov")]
    [InlineData("out.mkv")]
    public void SoundIsCopiedToTheBitAndTimesAreKept(string name)
    {
        using TemporaryFolder folder = new();
        string output = folder.File(name);
        long[] times = [0, 1001, 2002, 4004, 5005, 90090];                  // variable rate, at 1/30000
        Write(Sample, output, times, new Rational(1, 30000));

        Assert.Equal(AudioHash(Sample), AudioHash(output));
        (long Ticks, string TimeBase)[] written = VideoTimes(output);
        Assert.Equal(times, written.Select(time => name.EndsWith("mkv", StringComparison.Ordinal) ? InTicks(time) : time.Ticks));
        Assert.Equal(name.EndsWith("mkv", StringComparison.Ordinal) ? "1/1000" : "1/30000", written[0].TimeBase);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));

        static long InTicks((long Ticks, string TimeBase) time) =>
            (long)Math.Round(time.Ticks * 30 / 1001.0) * 1001;              // these times are whole frames
    }

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.mov")]
    public void ALateStartIsKeptToTheTick(string name)
    {
        using TemporaryFolder folder = new();
        long[] times = [31031, 32032, 33033];
        Write(Sample, folder.File(name), times, new Rational(1, 30000));

        Assert.Equal(times, VideoTimes(folder.File(name)).Select(time => time.Ticks));
    }

    [Fact]
    public void SubtitlesAreConvertedWithTheirTimesAndChaptersAndTagsKept()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("in.srt"), """
            1
            00:00:00,200 --> 00:00:00,900
            <i>Hello</i>, world

            2
            00:00:01,000 --> 00:00:01,500
            second

            """);
        File.WriteAllText(folder.File("in.txt"), """
            ;FFMETADATA1
            title=A title
            [CHAPTER]
            TIMEBASE=1/1000
            START=0
            END=800
            title=One
            [CHAPTER]
            TIMEBASE=1/1000
            START=800
            END=1600
            title=Two

            """);
        string mkv = folder.File("in.mkv");
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", Sample, "-i", folder.File("in.srt"), "-i", folder.File("in.txt"),
            "-map", "0:v", "-map", "0:a", "-map", "1:s", "-map_metadata", "2", "-c", "copy", "-c:s", "srt",
            "-metadata:s:a:0", "language=deu", "-t", "1.6", mkv);

        string[] subtitles = Subtitles(mkv, folder.File("subtitles.srt"));
        Assert.Equal(["Hello, world", "second"], subtitles.Select(line => line[(line.IndexOf(',') + 1)..]));
        string mp4 = folder.File("out.mp4");
        Write(mkv, mp4, [0, 33, 67], new Rational(1, 1000));
        string back = folder.File("back.mkv");
        Write(mp4, back, [0, 33, 67], new Rational(1, 1000));

        foreach (string file in new[] { mp4, back })
        {
            Assert.Equal(subtitles, Subtitles(file, folder.File("subtitles.srt")));
            string tags = Probe(file, "-show_entries", "format_tags=title:stream_tags=language");
            Assert.Contains("A title", tags);
            Assert.Contains("deu", tags);
            Assert.Equal(
                ["0.000000,0.800000,One", "0.800000,1.600000,Two"],
                Probe(file, "-show_entries", "chapter=start_time,end_time:chapter_tags=title").Split('\n'));
            Assert.Equal(AudioHash(mkv), AudioHash(file));
        }
    }

    [Fact]
    public void AnUnfinishedFileLeavesNothing()
    {
        using TemporaryFolder folder = new();
        using (StreamCopySource source = new(Sample, 0, StreamCopyContainer.Mp4))
        using (StreamCopyWriter writer = new(folder.File("out.mp4"), Options(new Rational(1, 25)), source))
        {
            writer.Write(Picture(), 0, 1);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static void Write(string input, string output, long[] times, Rational timeBase)
    {
        using StreamCopySource source = new(input, 0, StreamCopyRules.ContainerOf(output)!.Value);
        using StreamCopyWriter writer = new(output, Options(timeBase), source);
        foreach (long time in times)
        {
            writer.Write(Picture(), time, 1);
        }

        writer.Finish(TestContext.Current.CancellationToken);
        Assert.Null(source.ReadError);
    }

    private static VideoWriterOptions Options(Rational timeBase) => new()
    {
        Width = Width,
        Height = Height,
        TimeBase = timeBase,
        Preset = "ultrafast",
        EncoderOptions = new Dictionary<string, string> { ["x264-params"] = "bframes=3:b-adapt=0" },
    };

    private static byte[] Picture() => new byte[Width * Height * 3 / 2];

    private static string AudioHash(string path) =>
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-c", "copy", "-f", "streamhash", "-");

    private static (long Ticks, string TimeBase)[] VideoTimes(string path)
    {
        string timeBase = Probe(path, "-select_streams", "v:0", "-show_entries", "stream=time_base");
        return [.. Probe(path, "-select_streams", "v:0", "-show_entries", "frame=pts").Split('\n')
            .Select(line => (long.Parse(line.Trim(','), System.Globalization.CultureInfo.InvariantCulture), timeBase))];
    }

    private static string[] Subtitles(string path, string scratch)
    {
        OracleProgram.Run("ffmpeg", "-v", "error", "-y", "-i", path, "-map", "0:s:0", "-c:s", "srt", scratch);
        string[] texts = [.. File.ReadAllText(scratch).ReplaceLineEndings("\n").Trim().Split("\n\n")
            .Select(block => System.Text.RegularExpressions.Regex.Replace(string.Join('\n', block.Split('\n')[2..]), "<[^>]*>", ""))];
        string[] starts = [.. Probe(path, "-select_streams", "s:0", "-show_entries", "packet=pts_time,size").Split('\n')
            .Where(line => !line.EndsWith(",2", StringComparison.Ordinal)).Select(line => line.Split(',')[0])];
        return [.. starts.Zip(texts, (start, text) => $"{start},{text}")];
    }

    private static string Probe(string path, params string[] what) => string.Join('\n', OracleProgram
        .Run("ffprobe", ["-v", "error", .. what, "-of", "csv=p=0", path])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
