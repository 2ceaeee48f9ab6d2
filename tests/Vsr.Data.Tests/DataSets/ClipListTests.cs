using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests;

public sealed class ClipListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_give_file_label_and_range()
    {
        ClipList list = ClipList.Read(Write("# files of one day", "", "a.mp4 3", "  sub/b.mkv\t-4  1.5 -2", "\"with blanks.mov\" 0 7",
            "\"#c.mp4\"", "/abs/d.mp4 1 0 1e2"));
        Assert.Equal(
            [
                new ClipListEntry(_folder.File("a.mp4"), 3, null, null, 3),
                new ClipListEntry(_folder.File("sub/b.mkv"), -4, 1.5, -2, 4),
                new ClipListEntry(_folder.File("with blanks.mov"), 0, 7, null, 5),
                new ClipListEntry(_folder.File("#c.mp4"), null, null, null, 6),
                new ClipListEntry("/abs/d.mp4", 1, 0, 100, 7),
            ], list.Entries);
    }

    [Theory]
    [InlineData("a.mp4 cat", "label 'cat'")]
    [InlineData("a.mp4 1.5", "label '1.5'")]
    [InlineData("a.mp4 1 two", "start 'two'")]
    [InlineData("a.mp4 1 2 NaN", "end 'NaN'")]
    [InlineData("a.mp4 1 2 3 4", "5 fields")]
    [InlineData("a name.mp4 1 2 3 4", "6 fields")]
    [InlineData("\"a.mp4 1", "closing quote")]
    [InlineData("\"\" 1", "empty")]
    [InlineData("\"a\"b 1", "goes on")]
    public void A_malformed_line_is_named_by_its_number(string line, string part)
    {
        string list = Write("ok.mp4 1", line);
        VsrException thrown = Assert.Throws<VsrException>(() => ClipList.Read(list));
        Assert.StartsWith($"{list}:2: ", thrown.Message);
        Assert.Contains(part, thrown.Message);
    }

    [Fact]
    public void A_list_that_is_missing_or_empty_is_refused()
    {
        Assert.Contains("nowhere", Assert.Throws<VsrException>(() => ClipList.Read(_folder.File("nowhere"))).Message);
        Assert.Contains("names no file", Assert.Throws<VsrException>(() => ClipList.Read(Write("# nothing"))).Message);
    }

    [Theory]
    [InlineData("", 0, 20)]
    [InlineData("5", 5, 20)]
    [InlineData("5 12", 5, 12)]
    [InlineData("4.2 12.9", 5, 12)]
    [InlineData("-4", 16, 20)]
    [InlineData("-8 -3", 12, 17)]
    [InlineData("0 20", 0, 20)]
    [InlineData("19", 19, 20)]
    [InlineData("0 21", -1, -1)]
    [InlineData("-21", -1, -1)]
    [InlineData("5 5", -1, -1)]
    [InlineData("7 6", -1, -1)]
    [InlineData("20", -1, -1)]
    public void Ranges_of_frames_exclude_their_end(string range, int first, int end) =>
        AssertRange(range, first, end, ClipRangeUnit.Frames, partial: false);

    // Frames of 100 ms from 0 on: 20 of them, so the file ends at 2 s.
    [Theory]
    [InlineData("", false, 0, 20)]
    [InlineData("0.5", false, 5, 20)]
    [InlineData("0.5 1.2", false, 5, 12)]
    [InlineData("0.55 1.25", false, 6, 12)]
    [InlineData("0.55 1.25", true, 5, 13)]
    [InlineData("0.5 1.2", true, 5, 12)]
    [InlineData("-0.5", false, 15, 20)]
    [InlineData("-0.8 -0.3", false, 12, 17)]
    [InlineData("1 99", false, 10, 20)]
    [InlineData("0.51 0.59", false, -1, -1)]
    [InlineData("0.51 0.59", true, 5, 6)]
    [InlineData("3 4", true, -1, -1)]
    public void Ranges_of_seconds_hold_the_frames_shown_in_them(string range, bool partial, int first, int end) =>
        AssertRange(range, first, end, ClipRangeUnit.Seconds, partial);

    [Fact]
    public void Lines_that_cannot_be_used_are_left_out_with_a_warning()
    {
        string path = NumberedFiles.Write(_folder, (20, 16, 16))[0];
        string name = Path.GetFileName(path);
        string list = Write($"{name} 1 2 9", "missing.mp4 2", $"{name} 3 30 40", $"{name} 4");
        using ClipRangeSource source = ClipList.Read(list, ClipRangeUnit.Frames).Open(cancellation: Cancellation);
        Assert.Equal([(1, 2, 7), (4, 0, 20)], source.Clips.Select(clip => (clip.Label!.Value, clip.FirstFrame, clip.FrameCount)));
        Assert.All(source.Clips, clip => Assert.Equal(path, clip.Name));
        Assert.Equal(2, source.Warnings.Count);
        Assert.Contains("missing.mp4", source.Warnings[0]);
        Assert.StartsWith($"{list}:3: ", source.Warnings[1]);
        Assert.Contains("30 to 40", source.Warnings[1]);
    }

    [Fact]
    public void A_folder_of_pictures_has_frames_and_no_seconds()
    {
        Directory.CreateDirectory(_folder.File("stills"));
        for (int frame = 0; frame < 5; frame++)
        {
            PictureFile.Write(_folder.File($"stills/{frame:00000}.png"), RgbImage.FromRgb8(16, 16, NumberedFiles.Picture(0, frame, 16, 16)));
        }

        string list = Write("stills 1 1 4");
        using ClipRangeSource source = ClipList.Read(list, ClipRangeUnit.Frames).Open(cancellation: Cancellation);
        Assert.Equal(3, Assert.Single(source.Clips).FrameCount);
        Assert.Contains("has no times",
            Assert.Throws<VsrException>(() => ClipList.Read(list).Open(cancellation: Cancellation)).Message);
    }

    private void AssertRange(string range, int first, int end, ClipRangeUnit unit, bool partial)
    {
        ClipInfo clip = new("clip", 20, 16, 16)
        {
            Times = FrameTimes.Of([.. Enumerable.Range(0, 20).Select(i => (long?)(i * 100))], new Rational(1, 1000)),
        };
        ClipList list = ClipList.Read(Write($"clip 1 {range}"), unit, partial);
        (int First, int End, string? Problem) found = ClipListRange.Find(list.Entries[0], clip, list);
        Assert.Equal(first < 0, found.Problem is not null);
        if (first >= 0)
        {
            Assert.Equal((first, end), (found.First, found.End));
        }
    }

    private string Write(params string[] lines)
    {
        string path = _folder.File("list.txt");
        File.WriteAllLines(path, lines);
        return path;
    }
}
