using Vsr.Tests;

namespace Vsr.Data.Tests;

public sealed class DataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_root_with_train_and_val_uses_these()
    {
        Touch("train/b.mp4", "train/a.mkv", "val/c.mov", "other.mp4");
        DataSet set = DataSet.Open(_folder.Path);
        Assert.Equal(Paths("train/a.mkv", "train/b.mp4"), set.Training);
        Assert.Equal(Paths("val/c.mov"), set.Validation);
    }

    [Fact]
    public void Any_other_root_is_all_training()
    {
        Touch("b.mp4", "a.MP4", "notes.txt", ".hidden.mp4", "._a.mp4", "empty/readme.md", "stills/1.png", ".git/1.png");
        DataSet set = DataSet.Open(_folder.Path);
        Assert.Equal(Paths("a.MP4", "b.mp4", "stills"), set.Training);
        Assert.Empty(set.Validation);
    }

    [Fact]
    public void Validation_clips_may_come_from_another_folder()
    {
        Touch("one/a.mp4", "two/b.mp4");
        DataSet set = DataSet.Open(At("one"), At("two"));
        Assert.Equal(Paths("one/a.mp4"), set.Training);
        Assert.Equal(Paths("two/b.mp4"), set.Validation);
    }

    [Theory]
    [InlineData(20, 0.1, 2)]
    [InlineData(20, 0.99, 19)]
    [InlineData(3, 0.01, 1)]
    public void A_share_is_whole_files_and_at_least_one_of_each_kind(int files, double share, int validating)
    {
        Touch([.. Enumerable.Range(0, files).Select(i => $"{i:00}.mp4")]);
        DataSet set = DataSet.Open(_folder.Path, validationShare: share);
        Assert.Equal(validating, set.Validation.Count);
        Assert.Equal(files - validating, set.Training.Count);
        Assert.Equal(Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal),
            set.Training.Concat(set.Validation).Order(StringComparer.Ordinal));
        DataSet again = DataSet.Open(_folder.Path, validationShare: share);
        Assert.Equal(set.Validation, again.Validation);
    }

    [Fact]
    public void The_seed_chooses_the_share()
    {
        Touch([.. Enumerable.Range(0, 40).Select(i => $"{i:00}.mp4")]);
        Assert.NotEqual(DataSet.Open(_folder.Path, validationShare: 0.3, seed: 1).Validation,
            DataSet.Open(_folder.Path, validationShare: 0.3, seed: 2).Validation);
    }

    [Fact]
    public void A_file_in_both_is_refused_by_name()
    {
        Touch("a.mp4", "b.mp4");
        var thrown = Assert.Throws<VsrException>(() => DataSet.Open(_folder.Path, _folder.Path));
        Assert.Contains(At("a.mp4"), thrown.Message);
    }

    [Fact]
    public void A_link_to_a_training_file_or_folder_is_the_same_file()
    {
        Touch("train/a.mp4", "train/b.mp4", "val/c.mp4");
        File.CreateSymbolicLink(At("val/d.mp4"), "../train/b.mp4");
        var thrown = Assert.Throws<VsrException>(() => DataSet.Open(_folder.Path));
        Assert.Contains("d.mp4", thrown.Message);
        Assert.Contains("b.mp4", thrown.Message);

        Directory.CreateSymbolicLink(At("linked"), "train");
        Assert.Throws<VsrException>(() => DataSet.Open(At("train"), At("linked")));
    }

    [Fact]
    public void Folders_that_are_missing_empty_or_files_say_so()
    {
        Touch("a.mp4", "half/train/a.mp4");
        Assert.Contains("no folder", Assert.Throws<VsrException>(() => DataSet.Open(At("nowhere"))).Message);
        Assert.Contains("is a file", Assert.Throws<VsrException>(() => DataSet.Open(At("a.mp4"))).Message);
        var half = Assert.Throws<VsrException>(() => DataSet.Open(At("half")));
        Assert.Contains(At("half"), half.Message);
        Assert.Contains("val/", half.Hint);
    }

    [Fact]
    public void A_folder_of_another_layout_says_what_was_found_and_where_clips_are()
    {
        Touch("data/540p/scenes/h264/train/0.mp4", "data/540p/scenes/h264/val/1.mp4", "data/orig/film.mp4", "data/manifest.json");
        Touch("loose/a/b/c.mp4", "none/one/readme.md", "none/1.txt", "none/2.txt", "none/3.txt", "none/4.txt", "none/5.txt");
        Directory.CreateDirectory(At("empty"));

        var split = Assert.Throws<VsrException>(() => DataSet.Open(At("data")));
        var loose = Assert.Throws<VsrException>(() => DataSet.Open(At("loose")));
        var none = Assert.Throws<VsrException>(() => DataSet.Open(At("none")));
        var empty = Assert.Throws<VsrException>(() => DataSet.Open(At("empty")));

        Assert.EndsWith($"in {At("data")}, but 2 folders (540p, orig) and 1 other file (manifest.json)", split.Message);
        Assert.Equal($"{At("data/540p/scenes/h264")} has train/ and val/: give that", split.Hint);
        Assert.StartsWith($"{At("loose/a/b")} has clips: give that", loose.Hint);
        Assert.EndsWith("but 1 folder (one) and 5 other files (1.txt, 2.txt, 3.txt, 4.txt, ...)", none.Message);
        Assert.StartsWith("expected is a folder with train/ and val/, or clips directly in it", none.Hint);
        Assert.EndsWith("but nothing", empty.Message);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        Touch("train/a.mp4", "val/b.mp4", "single/a.mp4");
        Assert.Throws<VsrException>(() => DataSet.Open(_folder.Path, At("single")));
        Assert.Throws<VsrException>(() => DataSet.Open(At("single"), validationShare: 0.5));
        Assert.Throws<ArgumentException>(() => DataSet.Open(At("single"), At("val"), 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSet.Open(At("single"), validationShare: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSet.Open(At("single"), validationShare: double.NaN));
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private string[] Paths(params string[] names) => [.. names.Select(At)];

    private void Touch(params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
            File.WriteAllBytes(At(name), []);
        }
    }
}
