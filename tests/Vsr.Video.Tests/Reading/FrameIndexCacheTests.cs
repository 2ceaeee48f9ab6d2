using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>The cache of indexes: found again for the same file only, never trusted when damaged, never needed.</summary>
public class FrameIndexCacheTests
{
    private static string Sample => Path.Combine(SharedData.RepositoryRoot, "samples", "blocks.mp4");

    [Fact]
    public void An_index_is_kept_and_found_again_until_the_file_changes()
    {
        using TemporaryFolder folder = new();
        string clip = folder.File("clip.mp4");
        File.Copy(Sample, clip);
        FrameReaderOptions options = new() { IndexCacheFolder = folder.File("cache") };
        FrameIndex first = Read(clip, options);
        string kept = Assert.Single(Directory.GetFiles(folder.File("cache")));
        DateTime written = File.GetLastWriteTimeUtc(kept);
        AssertSame(first, Read(clip, options));
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));

        File.SetLastWriteTimeUtc(clip, File.GetLastWriteTimeUtc(clip).AddSeconds(5));
        AssertSame(first, Read(clip, options));
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(kept));
        Assert.Single(Directory.GetFiles(folder.File("cache")));
    }

    [Fact]
    public void A_link_whose_file_changes_has_no_index_of_the_old_file()
    {
        using TemporaryFolder folder = new();
        string clip = folder.File("clip.mp4");
        string link = folder.File("link.mp4");
        File.Copy(Sample, clip);
        File.CreateSymbolicLink(link, clip);
        FrameReaderOptions options = new() { IndexCacheFolder = folder.File("cache") };
        Assert.Equal(96, Read(link, options).FrameCount);

        using (VideoWriter writer = new(clip, new VideoWriterOptions { Width = 64, Height = 48, Overwrite = true }))
        {
            writer.Write(new byte[3 * 64 * 48], 0);
            writer.Write(new byte[3 * 64 * 48], 1);
            writer.Finish();
        }

        Assert.Equal(2, Read(link, options).FrameCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(200)]
    [InlineData(-1)]
    public void A_damaged_entry_is_replaced(int position)
    {
        using TemporaryFolder folder = new();
        FrameReaderOptions options = new() { IndexCacheFolder = folder.Path };
        FrameIndex first = Read(Sample, options);
        string kept = Assert.Single(Directory.GetFiles(folder.Path));
        byte[] whole = File.ReadAllBytes(kept);
        byte[] damaged = [.. whole];
        damaged[position < 0 ? ^1 : position] ^= 1;
        File.WriteAllBytes(kept, damaged);
        AssertSame(first, Read(Sample, options));
        Assert.Equal(whole, File.ReadAllBytes(kept));
        File.WriteAllBytes(kept, whole[..5]);
        AssertSame(first, Read(Sample, options));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_only_slower()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("taken"), "a file where the folder should be");
        FrameIndex index = Read(Sample, new FrameReaderOptions { IndexCacheFolder = folder.File("taken") });
        Assert.Equal(96, index.FrameCount);
    }

    [Fact]
    public void Warnings_and_hashes_of_a_damaged_file_are_kept()
    {
        using TemporaryFolder folder = new();
        string clip = SharedData.Require(Path.Combine("video", "awkward", "mb_no-initial-keyframe.ts"));
        FrameReaderOptions options = new() { IndexCacheFolder = folder.Path };
        FrameIndex first = Read(clip, options);
        Assert.NotEmpty(first.Warnings);
        Assert.True(first.IsDecoded);
        AssertSame(first, Read(clip, options));
    }

    private static FrameIndex Read(string path, FrameReaderOptions options)
    {
        using FrameReader reader = new(path, options);
        return reader.Index;
    }

    private static void AssertSame(FrameIndex expected, FrameIndex actual)
    {
        Assert.Equal(expected.Packets, actual.Packets);
        Assert.Equal(expected.PacketOfFrame, actual.PacketOfFrame);
        Assert.Equal(expected.Hashes, actual.Hashes);
        Assert.Equal(expected.Warnings, actual.Warnings);
        Assert.Equal(expected.KeyFrameCount, actual.KeyFrameCount);
    }
}
