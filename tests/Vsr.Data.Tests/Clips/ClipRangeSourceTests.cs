namespace Vsr.Data.Tests;

public class ClipRangeSourceTests
{
    [Fact]
    public void Samples_of_a_part_have_its_pixels_and_the_files_frame_numbers()
    {
        using NumberedClips clips = LoaderTestRun.Clips();
        using ClipRangeSource parts = new(clips, [new ClipRange(3, 20, 6, 8), new ClipRange(0, 4, 7), new ClipRange(3, 0, 3)]);
        Assert.Equal([6, 7, 3], parts.Clips.Select(clip => clip.FrameCount));
        using VideoSequenceLoader loader = LoaderTestRun.Loader(parts, LoaderTestRun.Augmented with { BatchSize = 1 });
        List<string> windows = [];
        foreach ((byte[] bytes, IReadOnlyList<SampleInfo> samples) in LoaderTestRun.Take(loader, 10))
        {
            LoaderTestRun.AssertPixels(LoaderTestRun.Augmented, bytes, samples);
            windows.Add($"{samples[0].Clip} {samples[0].Frames.Min()} {samples[0].Label}");
        }

        Assert.Equal(["clip0 4 ", "clip0 5 ", "clip0 6 ", "clip0 7 ", "clip0 8 ", "clip3 0 ", "clip3 20 8", "clip3 21 8", "clip3 22 8",
            "clip3 23 8"], windows.Order());
    }

    [Fact]
    public void Parts_of_one_file_share_its_open_reader_and_its_warning()
    {
        using NumberedClips clips = new((300, 8, 8), (30, 8, 8))
        {
            BeforeRead = (clip, _) =>
            {
                if (clip == 1)
                {
                    throw new VsrException("damaged");
                }
            },
        };
        using ClipRangeSource parts = new(clips,
            [.. Enumerable.Range(0, 100).Select(i => new ClipRange(0, 3 * i, 3)), new ClipRange(1, 0, 5), new ClipRange(1, 9, 5)]);
        using VideoSequenceLoader loader = LoaderTestRun.Loader(parts, LoaderTestRun.Augmented with { BatchSize = 2, Threads = 2 });
        LoaderTestRun.Take(loader, 53);
        Assert.InRange(clips.MostOpenReaders, 1, 4); // two in use, one that failed beside each
        Assert.Contains("clip1", Assert.Single(loader.Warnings));
    }

    [Fact]
    public void A_part_of_a_part_and_a_reader_of_its_own_count_on()
    {
        using NumberedClips clips = new((40, 8, 8));
        using ClipRangeSource outer = new(new ClipRangeSource(clips, [new ClipRange(0, 10, 20, 3)]), [new ClipRange(0, 5, 10)]);
        ClipInfo clip = Assert.Single(outer.Clips);
        Assert.Equal((15, 10, 3), (clip.FirstFrame, clip.FrameCount, clip.Label));
        using VideoSequenceLoader loader = LoaderTestRun.Loader(outer, LoaderTestRun.Augmented);
        (byte[] bytes, IReadOnlyList<SampleInfo> samples) = LoaderTestRun.Take(loader, 1)[0];
        LoaderTestRun.AssertPixels(LoaderTestRun.Augmented, bytes, samples);
        Assert.All(samples, sample => Assert.InRange(sample.Frames.Min(), 15, 22));
    }

    [Theory]
    [InlineData(0, -1, 3)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 8, 4)]
    [InlineData(0, int.MaxValue, int.MaxValue)]
    [InlineData(2, 0, 1)]
    public void A_part_that_is_not_inside_its_clip_is_refused(int clip, int first, int count)
    {
        using NumberedClips clips = new((11, 8, 8), (5, 8, 8));
        Assert.Throws<ArgumentException>(() => new ClipRangeSource(clips, [new ClipRange(clip, first, count)]));
    }
}
