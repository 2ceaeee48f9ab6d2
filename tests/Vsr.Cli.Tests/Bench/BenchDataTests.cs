using Vsr.Cli.Bench;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Bench;

public sealed class BenchDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("720p/scenes/train")]
    [InlineData("720p/scenes")]
    [InlineData("720p/scenes/h264/crf18/keyint4/train")]
    [InlineData("720p/train")]
    [InlineData("720p")]
    [InlineData("mp4/720p")]
    [InlineData("train")]
    [InlineData("")]
    public void ClipsAreFoundInEveryKnownFolder(string inside)
    {
        string expected = Touch(Path.Combine(inside, "b.mp4"));
        Touch(Path.Combine(inside, "notes.txt"));
        Touch(Path.Combine("540p", "other.mp4"));

        Assert.Equal([expected], BenchData.FindVideos(_folder.Path, "720p"));
    }

    [Fact]
    public void TrainingClipsOfTheResolutionComeBeforeOthers()
    {
        string expected = Touch("720p/scenes/train/scene_0.mp4");
        Touch("720p/scenes/val/scene_1.mp4");
        Touch("train/c.mp4");
        Touch("d.mp4");

        Assert.Equal([expected], BenchData.FindVideos(_folder.Path, "720p"));
    }

    [Fact]
    public void WhereThereAreNoneTheHintListsWhereTheyWereLookedFor()
    {
        VsrException failure = Assert.Throws<VsrException>(() => BenchData.FindVideos(_folder.Path, "720p"));

        Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("720p/scenes/train", failure.Hint, StringComparison.Ordinal);
        Assert.Contains("mp4/720p", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSizeOfALinkIsThatOfItsFile()
    {
        string clip = Touch("a.mp4");
        File.WriteAllBytes(clip, new byte[5000]);
        File.CreateSymbolicLink(_folder.File("b.mp4"), clip);

        Assert.Equal(5000, BenchData.DiskBytes(_folder.File("b.mp4")));
    }

    [Fact]
    public void ExtractedFramesOfTheExampleAreFound()
    {
        string picture = Touch("720p/frames/train/0/00001.png");

        Assert.Equal([Path.GetDirectoryName(picture)!], BenchData.FindPictures(_folder.Path, "720p"));
        Assert.Empty(BenchData.FindPictures(_folder.Path, "540p"));
    }

    private string Touch(string name)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
