using Vsr.Tests;

namespace Vsr.Video.Tests.Pictures;

public class FrameSourceTests
{
    [Fact]
    public void AVideoAndAFolderOfItsPicturesAreTheSame()
    {
        using TemporaryFolder folder = new();
        string pictures = folder.File("pictures");
        Directory.CreateDirectory(pictures);
        VideoWriterOptions options = new() { Width = 48, Height = 32, Codec = "ffv1", PixelFormat = "bgr0" };
        using (VideoWriter writer = new(folder.File("clip.mkv"), options))
        {
            for (int i = 0; i < 5; i++)
            {
                RgbImage image = new(48, 32);
                new Random(i).NextBytes(image.Samples8);
                writer.Write(image, i);
                PictureFile.Write(Path.Combine(pictures, $"{i:D3}.png"), image);
            }

            writer.Finish();
        }

        using IFrameSource video = FrameSource.Open(folder.File("clip.mkv"));
        using IFrameSource files = FrameSource.Open(pictures);
        Assert.Equal(("clip", 5, 48, 32), (video.Name, video.FrameCount, video.Width, video.Height));
        Assert.Equal(("pictures", 5, 48, 32), (files.Name, files.FrameCount, files.Width, files.Height));
        byte[] first = new byte[3 * 48 * 32];
        byte[] second = new byte[3 * 48 * 32];
        foreach (int i in (int[])[3, 0, 4, 1, 2])
        {
            video.ReadRgb8(i, first);
            files.ReadRgb8(i, second);
            Assert.Equal(first, second);
        }
    }

    [Fact]
    public void FoldersAndFilesWithoutPicturesAreRefused()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<VideoFormatException>(() => FrameSource.Open(folder.Path));
        File.WriteAllText(folder.File("a.mp4"), "no video");
        Assert.Throws<VideoFormatException>(() => FrameSource.Open(folder.File("a.mp4")));
        Assert.ThrowsAny<VsrException>(() => FrameSource.Open(folder.File("missing.mp4")));
    }
}
