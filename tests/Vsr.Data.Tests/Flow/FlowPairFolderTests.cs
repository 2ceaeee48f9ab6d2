using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests.Flow;

public sealed class FlowPairFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pairs_come_by_name_with_what_is_in_their_files()
    {
        Write("b", 6, 4);
        Write("a-img", 5, 4);
        File.WriteAllText(_folder.File("readme.txt"), "no pair");

        IReadOnlyList<FlowPairFiles> pairs = FlowPairFolder.Find(_folder.Path);
        FlowPair pair = FlowPairFolder.Read(pairs[1]);

        Assert.Equal(["a-img", "b"], pairs.Select(files => files.Name));
        Assert.Equal((6, 4), (pair.First.Width, pair.Second.Height));
        Assert.Equal((10, 20), (pair.First.Samples8[0], pair.Second.Samples8[0]));
        Assert.Equal((6, -1), pair.Truth[0, 0]);
    }

    [Theory]
    [InlineData("-img0.png")]
    [InlineData("-img1.png")]
    [InlineData("-gt.flo")]
    public void A_missing_file_is_named_when_the_pair_is_read(string end)
    {
        Write("a", 5, 4);
        File.Delete(_folder.File("a" + end));

        VsrException failure = Assert.Throws<VsrException>(() => FlowPairFolder.Read(Assert.Single(FlowPairFolder.Find(_folder.Path))));

        Assert.Contains("there is no a" + end, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_differ_are_told()
    {
        Write("a", 5, 4);
        PictureFile.Write(_folder.File("a-img1.png"), new RgbImage(5, 3));

        VsrException failure = Assert.Throws<VsrException>(() => FlowPairFolder.Read(FlowPairFolder.Find(_folder.Path)[0]));

        Assert.Contains("a-img0.png is 5x4, a-img1.png 5x3, a-gt.flo 5x4", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_pairs_tells_what_was_expected_and_what_was_found()
    {
        VsrException empty = Assert.Throws<VsrException>(() => FlowPairFolder.Find(_folder.Path));
        for (int i = 0; i < 5; i++)
        {
            File.WriteAllText(_folder.File($"{i}.mp4"), "");
        }

        VsrException others = Assert.Throws<VsrException>(() => FlowPairFolder.Find(_folder.Path));
        VsrException missing = Assert.Throws<VsrException>(() => FlowPairFolder.Find(_folder.File("none")));
        VsrException file = Assert.Throws<VsrException>(() => FlowPairFolder.Find(_folder.File("0.mp4")));

        Assert.Contains("it is empty", empty.Message, StringComparison.Ordinal);
        Assert.Contains("0.mp4, 1.mp4, 2.mp4 and 2 more", others.Message, StringComparison.Ordinal);
        Assert.Contains("NAME-img0.png, NAME-img1.png and NAME-gt.flo", others.Hint!, StringComparison.Ordinal);
        Assert.Contains("there is no folder", missing.Message, StringComparison.Ordinal);
        Assert.Contains("is a file", file.Message, StringComparison.Ordinal);
    }

    private void Write(string name, int width, int height)
    {
        RgbImage first = new(width, height);
        first.Samples8.Fill(10);
        RgbImage second = new(width, height);
        second.Samples8.Fill(20);
        FlowField flow = new(width, height);
        flow[0, 0] = (width, -1);
        PictureFile.Write(_folder.File($"{name}-img0.png"), first);
        PictureFile.Write(_folder.File($"{name}-img1.png"), second);
        FloFile.Write(_folder.File($"{name}-gt.flo"), flow);
    }
}
