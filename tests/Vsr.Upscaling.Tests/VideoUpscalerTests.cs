using Vsr.Tests;
using Vsr.Upscaling.Tests.Pipeline;

namespace Vsr.Upscaling.Tests;

/// <summary>Whole files through the upscaler with a network that repeats pixels.</summary>
public class VideoUpscalerTests
{
    private static readonly string Sample = Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");

    private static readonly UpscaleOptions Fast = new() { Preset = "ultrafast", Crf = 30 };

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.mov")]
    public void SoundFramesTimesAndTagsAreKept(string name)
    {
        using TemporaryFolder folder = new();
        string input = Small(folder, "in.mp4");
        string output = folder.File(name);

        UpscaleResult result = Upscale(input, output, Fast, scale: 2);

        Assert.Equal(MediaFile.AudioHash(input), MediaFile.AudioHash(output));
        Assert.Equal(MediaFile.FrameTicks(input), MediaFile.FrameTicks(output));
        foreach (string entry in new[] { "time_base", "pix_fmt", "color_space", "color_range", "color_transfer", "color_primaries" })
        {
            Assert.Equal(MediaFile.Stream(input, entry), MediaFile.Stream(output, entry));
        }

        Assert.Equal("160,90", MediaFile.Stream(input, "width,height"));
        Assert.Equal("320,180", MediaFile.Stream(output, "width,height"));
        Assert.Equal(MediaFile.FrameTicks(input).Length, result.Frames);
        Assert.Empty(result.Warnings);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(folder.Path).Count());
    }

    [Fact]
    public void MatroskaKeepsTimesToAMillisecondAndSoundToTheBit()
    {
        using TemporaryFolder folder = new();
        string input = Small(folder, "in.mp4");
        string output = folder.File("out.mkv");
        Upscale(input, output, Fast, scale: 2);

        Assert.Equal(MediaFile.AudioHash(input), MediaFile.AudioHash(output));
        Assert.Equal(
            MediaFile.FrameTicks(input).Select(ticks => Math.Round(ticks / 30.0, MidpointRounding.AwayFromZero)),
            MediaFile.FrameTicks(output).Select(ticks => (double)ticks));
    }

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.mkv")]
    public void VariableRateWithALateStartAndBFramesIsKept(string name)
    {
        using TemporaryFolder folder = new();
        string input = Make(folder, "in.mp4", "-vf", "settb=1/30000,setpts='N*N*300+N*1001+41041'", "-enc_time_base", "1/30000", "-fps_mode",
            "passthrough", "-video_track_timescale", "30000", "-movie_timescale", "30000", "-bf", "3");
        string output = folder.File(name);
        Upscale(input, output, Fast, scale: 2);

        long[] times = MediaFile.FrameTicks(input);
        Assert.Equal(41041, times[0]);
        Assert.Equal(1301, times[1] - times[0]);
        bool isMatroska = name.EndsWith("mkv", StringComparison.Ordinal);
        Assert.Equal(
            isMatroska ? times.Select(ticks => (long)Math.Round(ticks / 30.0, MidpointRounding.AwayFromZero)) : times,
            MediaFile.FrameTicks(output));
    }

    [Fact]
    public void RotationShapeAndColoursAreKept()
    {
        using TemporaryFolder folder = new();
        string plain = Make(folder, "plain.mp4", "-vf", "setsar=4/3", "-colorspace", "bt709", "-color_primaries", "bt709",
            "-color_trc", "bt709", "-color_range", "pc", "-chroma_sample_location", "center");
        string input = folder.File("in.mp4");
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", plain, "-c", "copy", "-metadata:s:v:0", "rotate=90", input);
        foreach (string output in new[] { folder.File("out.mp4"), folder.File("out.mkv") })
        {
            UpscaleResult result = Upscale(input, output, Fast, scale: 2);

            foreach (string entry in new[] { "sample_aspect_ratio", "color_space", "color_range", "color_transfer", "color_primaries", "chroma_location" })
            {
                Assert.Equal((entry, MediaFile.Stream(input, entry)), (entry, MediaFile.Stream(output, entry)));
            }

            Assert.Equal(["90"], MediaFile.Rotations(input));
            bool isSaidToBeLost = result.Warnings.Any(line => line.Contains("rotation", StringComparison.Ordinal));
            Assert.Equal(isSaidToBeLost ? [] : ["90"], MediaFile.Rotations(output));
            Assert.False(isSaidToBeLost && output.EndsWith("mp4", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("yuv420p10le", "64x48")]
    [InlineData("yuv422p10le", "64x48")]
    [InlineData("yuv444p", "33x17")]
    public void DepthAndChromaAreKept(string format, string size)
    {
        using TemporaryFolder folder = new();
        string input = Make(folder, "in.mp4", "-s", size, "-pix_fmt", format, "-crf", "5",
            "-vf", "eq=contrast=0.6:saturation=0.4");                           // inside RGB's gamut
        string output = folder.File("out.mp4");
        UpscaleResult result = Upscale(input, output, Fast with { Crf = 5 }, scale: 2);

        Assert.Equal(format, MediaFile.Stream(output, "pix_fmt"));
        Assert.Equal(format, result.PixelFormat);
        Assert.Equal(6, result.Frames);

        // The mean of every component is what a network that repeats pixels keeps.
        double[] before = MediaFile.ComponentMeans(input);
        double[] after = MediaFile.ComponentMeans(output);
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, format.Contains("10", StringComparison.Ordinal) ? 1.5 : 0.6));
    }

    [Fact]
    public void AnUntaggedSmallVideoKeepsItsColoursInALargeOne()
    {
        using TemporaryFolder folder = new();
        string input = Make(folder, "in.mp4", "-s", "64x400", "-frames:v", "2");
        Upscale(input, folder.File("out.mp4"), Fast, scale: 2);

        Assert.Equal("unknown", MediaFile.Stream(input, "color_space"));
        Assert.Equal("smpte170m", MediaFile.Stream(folder.File("out.mp4"), "color_space"));
    }

    [Fact]
    public void WhatTheOutputCannotHoldIsNamedAndStrictRefusesIt()
    {
        using TemporaryFolder folder = new();
        string video = Make(folder, "video.mp4");
        string input = folder.File("in.mkv");
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=16x16:d=1", "-frames:v", "1", folder.File("cover.png"));
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", video, "-f", "lavfi", "-i", "sine=d=0.3", "-map", "0", "-map", "1",
            "-c:v", "copy", "-c:a", "pcm_s16le", "-attach", folder.File("cover.png"), "-metadata:s:t", "mimetype=image/png", input);

        UpscaleResult result = Upscale(input, folder.File("out.mp4"), Fast, scale: 2);
        VsrException refused = Assert.Throws<VsrException>(
            () => Upscale(input, folder.File("strict.mp4"), Fast with { Strict = true }, scale: 2));

        Assert.Equal(2, result.Warnings.Count);
        Assert.Contains("stream 1 (audio, pcm_s16le) is left out: .mp4 cannot hold it; write .mkv instead", result.Warnings);
        Assert.Contains(result.Warnings, line => line.Contains("attached pictures", StringComparison.Ordinal));
        Assert.Contains("pcm_s16le", refused.Message);
        Assert.Equal(["h264,video"], MediaFile.Streams(folder.File("out.mp4")));
        Assert.False(File.Exists(folder.File("strict.mp4")));
    }

    [Fact]
    public void InterruptionAndFailureLeaveNothing()
    {
        using TemporaryFolder folder = new();
        string input = Make(folder, "in.mp4");
        using CancellationTokenSource stop = new();
        using RepeatingUpscaler network = new(2) { OnPush = index => StopAt(index) };
        VideoUpscaler upscaler = new(network, CpuBackend.Load());

        Assert.Throws<OperationCanceledException>(() => upscaler.Run(input, folder.File("out.mp4"), Fast, null, stop.Token));
        Assert.Equal([input], Directory.EnumerateFileSystemEntries(folder.Path));

        Assert.Throws<VsrException>(() => Upscale(input, folder.File("out.mp4"), Fast with { Preset = "no-such-preset" }));
        Assert.Equal([input], Directory.EnumerateFileSystemEntries(folder.Path));

        void StopAt(int index)
        {
            if (index == 3)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void ThePreviewShowsTheMiddleFrameUpright()
    {
        using TemporaryFolder folder = new();
        string input = Make(folder, "in.mp4");
        Upscale(input, folder.File("out.mp4"), Fast with { Preview = folder.File("preview.png") }, scale: 2);

        Assert.Equal("128,96", MediaFile.Stream(folder.File("preview.png"), "width,height"));
        VsrException refused = Assert.Throws<VsrException>(
            () => Upscale(input, folder.File("out2.mp4"), Fast with { Preview = folder.File("preview.png") }));
        Assert.Contains("preview.png", refused.Message);
    }

    [Theory]
    [InlineData("smpte2084")]
    [InlineData("arib-std-b67")]
    public void HighDynamicRangeIsRefused(string transfer)
    {
        using TemporaryFolder folder = new();
        string input = Make(folder, "in.mp4", "-pix_fmt", "yuv420p10le", "-color_trc", transfer);

        Assert.Contains("high dynamic range", Assert.Throws<VsrException>(
            () => Upscale(input, folder.File("out.mp4"), Fast)).Message);
    }

    [Fact]
    public void ProgressCountsEveryFrame()
    {
        using TemporaryFolder folder = new();
        string input = Make(folder, "in.mp4");
        List<UpscaleProgress> seen = [];
        using RepeatingUpscaler network = new(2);
        new VideoUpscaler(network, CpuBackend.Load()).Run(
            input, folder.File("out.mp4"), Fast, new Collector(seen), TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3, 4, 5, 6], seen.Select(value => value.Frames));
        Assert.All(seen, value => Assert.Equal(6, value.TotalFrames));
        Assert.Equal(0, seen[^1].RemainingSeconds);
    }

    [Fact]
    public void NothingIsSaidOfTheEndBeforeAWholeGroupIsThere()
    {
        UpscaleProgress progress = new(4, 96, 20) { GroupSize = 32 };
        Assert.Null(progress.RemainingSeconds);
        Assert.Equal(40, (progress with { Frames = 32 }).RemainingSeconds);
        Assert.Equal(0, (progress with { Frames = 4, TotalFrames = 4 }).RemainingSeconds);
        Assert.Equal(460, (progress with { GroupSize = 1 }).RemainingSeconds);
    }

    private static string Small(TemporaryFolder folder, string name)
    {
        string path = folder.File(name);
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", Sample, "-t", "0.7", "-vf", "scale=160:90", "-map", "0",
            "-c:v", "libx264", "-crf", "20", "-bf", "2", "-c:a", "copy", path);
        return path;
    }

    /// <summary>Six frames of 64x48 without sound, by ffmpeg's encoder.</summary>
    private static string Make(TemporaryFolder folder, string name, params string[] options)
    {
        string path = folder.File(name);
        OracleProgram.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x48:r=25:d=0.24", "-pix_fmt", "yuv420p",
            "-c:v", "libx264", "-preset", "veryfast", .. options, path]);
        return path;
    }

    private static UpscaleResult Upscale(string input, string output, UpscaleOptions options, int scale = 4)
    {
        using RepeatingUpscaler network = new(scale);
        return new VideoUpscaler(network, CpuBackend.Load())
            .Run(input, output, options, null, TestContext.Current.CancellationToken);
    }

    private sealed class Collector(List<UpscaleProgress> seen) : IProgress<UpscaleProgress>
    {
        public void Report(UpscaleProgress value) => seen.Add(value);
    }
}
