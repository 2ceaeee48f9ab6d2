using Vsr.Data.Preparation;
using Vsr.Tests;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Preparations leave folders of others alone, and say whose they are.</summary>
public sealed class ManifestFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryPreparationRefusesAFolderOfAnother()
    {
        MadePairs.WriteClips(_folder, 1);
        Write("pairs", "vsr prepare drawings");
        Write("new/orig/scenes", "vsr prepare degrade");
        Write("data/32p/scenes", "vsr prepare frames");
        Directory.CreateDirectory(_folder.File("data/orig/scenes/train"));
        File.Copy(_folder.File("clips/clip0.mp4"), _folder.File("data/orig/scenes/train/scene_0.mp4"));
        TranscodeOptions transcoding = new() { MainData = _folder.File("data"), Resolution = Resolution.Parse("32p") };
        SplitOptions splitting = new() { Sources = [_folder.File("clips/clip0.mp4")], OutData = _folder.File("new") };

        Refused("drawings", "pairs", () => new PairMaker(MadePairs.Options(_folder)).Run(null, Token));
        Refused("drawings", "pairs", () => PairFolder.Read(_folder.File("pairs"), _ => { }));
        Refused("degrade", "new/orig/scenes", () => new SceneSplitter(splitting).Run(null, Token));
        Refused("frames", "data/32p/scenes", () => new SceneTranscoder(transcoding).Run(null, Token));
    }

    private void Write(string folder, string madeBy)
    {
        Directory.CreateDirectory(_folder.File(folder));
        File.WriteAllText(_folder.File($"{folder}/manifest.json"), $$$"""{"made_by": "{{{madeBy}}}", "version": 1, "settings": {"a": 1}}""");
    }

    private void Refused(string maker, string folder, Action prepare)
    {
        VsrException failure = Assert.Throws<VsrException>(prepare);
        Assert.StartsWith($"{_folder.File(folder)} was made by 'vsr prepare {maker}', not by 'vsr prepare ", failure.Message, StringComparison.Ordinal);
        Assert.Equal("give another folder", failure.Hint);
        Assert.Single(Directory.GetFileSystemEntries(_folder.File(folder)));
    }
}
