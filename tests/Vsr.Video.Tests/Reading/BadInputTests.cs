using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>Files that are no videos, and calls for what is not there: each one clear line.</summary>
public class BadInputTests
{
    private static readonly FrameReaderOptions Options = new() { CacheIndex = false };

    [Fact]
    public void A_missing_file() => AssertRefused("/nowhere/clip.mp4", "no such file");

    [Fact]
    public void A_directory()
    {
        using TemporaryFolder folder = new();
        AssertRefused(folder.Path, "is a directory");
    }

    [Fact]
    public void An_empty_file() => AssertContentRefused([], "is empty (0 bytes)");

    [Fact]
    public void A_text_file() => AssertContentRefused("This is no video, only text.\n"u8.ToArray(), "is no video that FFmpeg can read");

    [Fact]
    public void Random_bytes()
    {
        byte[] noise = new byte[50_000];
        new Random(5).NextBytes(noise);
        AssertContentRefused(noise, "");
    }

    [Fact]
    public void A_file_cut_before_its_header()
    {
        byte[] clip = File.ReadAllBytes(Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4"));
        AssertContentRefused(clip[..24], "is no video that FFmpeg can read");
    }

    [Fact]
    public void An_unreadable_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("secret.mp4");
        File.WriteAllBytes(path, [1, 2, 3]);
        OracleProgram.Run("chmod", "000", path);
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Skip("the superuser reads every file");
        }

        AssertRefused(path, "is not readable");
    }

    [Fact]
    public void A_file_with_sound_only()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("sound.m4a");
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=0.2", "-c:a", "aac", path);
        AssertRefused(path, "has no video stream; its streams: 0 audio aac");
    }

    [Fact]
    public void A_stream_that_is_no_video()
    {
        string path = Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");
        AssertRefused(path, "stream 1 is no video stream; its streams: 0 video h264, 1 audio aac", stream: 1);
        AssertRefused(path, "stream 7 is no video stream", stream: 7);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(96)]
    [InlineData(int.MaxValue)]
    public void A_frame_that_does_not_exist(int frame)
    {
        string path = Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");
        using FrameReader reader = new(path, Options);
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetFrame(frame));
        Assert.Contains("has 96 frames, numbered from 0 to 95", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Index.PtsTicks(frame));
    }

    [Fact]
    public void Options_out_of_range()
    {
        string path = Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameReader(path, Options with { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameReader(path, Options with { MemoryLimitBytes = -1 }));
        using FrameReader reader = new(path, Options);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetRange(0, 2, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetRange(0, -1));
        Assert.Empty(reader.GetRange(0, 0));
    }

    private static void AssertContentRefused(byte[] content, string reason)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("file.mp4");
        File.WriteAllBytes(path, content);
        AssertRefused(path, reason);
    }

    private static void AssertRefused(string path, string reason, int? stream = null)
    {
        var failure = Assert.Throws<VideoFormatException>(() => new FrameReader(path, Options with { Stream = stream }));
        Assert.StartsWith($"{path}: {reason}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain("0x", failure.Message[path.Length..], StringComparison.Ordinal);
    }
}
