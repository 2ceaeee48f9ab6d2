using Vsr.Tests;

namespace Vsr.Video.Tests.Writing;

public class WriterErrorTests
{
    private static VideoWriterOptions Small => VideoWriterTests.Small;

    [Theory]
    [InlineData("a.xyz", "no container goes with the extension '.xyz'")]
    [InlineData("missing/a.mp4", "does not exist")]
    [InlineData("there.mp4", "it exists")]
    [InlineData("folder.mp4", "it is a folder")]
    public void DestinationsThatCannotBeWritten(string name, string reason)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("there.mp4"), "kept");
        Directory.CreateDirectory(folder.File("folder.mp4"));

        VsrException error = Assert.Throws<VsrException>(() => new VideoWriter(folder.File(name), Small));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal("kept", File.ReadAllText(folder.File("there.mp4")));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(folder.Path).Count());
    }

    [Fact]
    public void OverwriteReplacesOnlyAtFinish()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a.mp4");
        File.WriteAllText(path, "kept");
        using (VideoWriter writer = new(path, Small with { Overwrite = true }))
        {
            writer.Write(VideoWriterTests.Picture(32, 32, 0), 0);
            Assert.Equal("kept", File.ReadAllText(path));
            writer.Finish();
        }

        Assert.NotEqual("kept", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void EncoderSettingsThatDoNotExist()
    {
        Refused(Small with { Codec = "libnothing" }, "no encoder 'libnothing'");
        Refused(Small with { PixelFormat = "yuv999" }, "no pixel format 'yuv999'");
        Refused(Small with { PixelFormat = "yuv410p" }, "'yuv410p' cannot be written");
        Refused(Small with { Codec = "mpeg4", PixelFormat = "yuv444p10le" }, "encoder 'mpeg4' at 32x32 yuv444p10le");
        Refused(Small with { Preset = "swift" }, "no preset 'swift'");
        Refused(Small with { EncoderOptions = new Dictionary<string, string> { ["wings"] = "2" } }, "no option 'wings'");
        Refused(Small with { Width = 33 }, "33x32");
        Refused(Small with { Codec = "mpeg4", Preset = null, TimeBase = new Rational(1, 90000) }, "65535");

        static void Refused(VideoWriterOptions options, string reason)
        {
            using TemporaryFolder folder = new();
            VsrException error = Assert.Throws<VsrException>(() => new VideoWriter(folder.File("a.mp4"), options));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        }
    }

    [Fact]
    public void MisuseIsAnArgumentException()
    {
        using TemporaryFolder folder = new();
        Assert.ThrowsAny<ArgumentException>(() => new VideoWriter(folder.File("a.mp4"), Small with { Crf = 64 }));
        Assert.ThrowsAny<ArgumentException>(() => new VideoWriter(folder.File("a.mp4"), Small with { Rotation = 45 }));
        Assert.ThrowsAny<ArgumentException>(() => new VideoWriter(folder.File("a.mp4"), Small with { TimeBase = new Rational(0, 1) }));
        using VideoWriter writer = new(folder.File("a.mp4"), Small);
        Assert.ThrowsAny<ArgumentException>(() => writer.Write(new byte[5], 0));
        Assert.ThrowsAny<ArgumentException>(() => writer.Write(new RgbImage(8, 8), 0));
        writer.Write(VideoWriterTests.Picture(32, 32, 0), 7);
        Assert.ThrowsAny<ArgumentException>(() => writer.Write(VideoWriterTests.Picture(32, 32, 0), 7));
    }

    [Theory]
    [InlineData("a.mkv", "ffv1")]
    [InlineData("a.mp4", "libx264")]
    [InlineData("a.mov", "libx264")]
    public void AFullDiskIsOneClearError(string name, string codec)
    {
        // /dev/full takes no byte: what a full disk says, without one.
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("needs /dev/full");
        }

        using TemporaryFolder folder = new();
        string link = folder.File("link.part");
        File.CreateSymbolicLink(link, "/dev/full");
        VsrException error = Assert.Throws<VsrException>(() =>
        {
            using VideoWriter writer = new(folder.File(name), Small with { Codec = codec }, null, link);
            for (int i = 0; i < 40; i++)
            {
                writer.Write(VideoWriterTests.Picture(32, 32, i), i);
            }

            writer.Finish();
        });

        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists("/dev/full"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
