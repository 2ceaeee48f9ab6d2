using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests;

public sealed class VideoClipSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Samples_from_files_hold_the_frames_they_name_after_shuffle_shards_epochs_and_restart()
    {
        string[] paths = NumberedFiles.Write(_folder, (20, 48, 32), (2, 32, 32), (9, 64, 40), (15, 32, 64));
        SequenceLoaderOptions options = LoaderTestRun.Augmented with { CropWidth = 24, CropHeight = 24, Stride = 2, ShardCount = 2, BatchSize = 3 };
        HashSet<(string, int)> windows = [];
        for (int shard = 0; shard < 2; shard++)
        {
            using VideoClipSource source = VideoClipSource.Open(paths, cancellation: Cancellation);
            using VideoSequenceLoader loader = LoaderTestRun.Loader(source, options with { Shard = shard, Threads = 2 + shard });
            var first = LoaderTestRun.Take(loader, 12);
            loader.Restore(new LoaderState(1, 0, 12));
            var second = LoaderTestRun.Take(loader, 8);
            Assert.Equal(first.Skip(4).Select(batch => batch.Bytes), second.Select(batch => batch.Bytes));
            foreach ((byte[] bytes, IReadOnlyList<SampleInfo> samples) in first)
            {
                LoaderTestRun.AssertPixels(options, bytes, samples);
                windows.UnionWith(samples.Where(sample => sample.Epoch == 0).Select(sample => (sample.Clip, sample.Frames.Min())));
            }

            Assert.Empty(loader.Warnings);
        }

        Assert.Equal(16 + 5 + 11, windows.Count);
    }

    [Fact]
    public void Values_are_those_of_reader_and_converter()
    {
        string path = _folder.File("clip.mp4");
        using (VideoWriter writer = new(path, new() { Width = 64, Height = 48, Crf = 20, GroupSize = 5, BFrames = 2, Threads = 1 }))
        {
            for (int frame = 0; frame < 12; frame++)
            {
                writer.Write(NumberedFiles.Picture(0, frame, 64, 48), frame, durationTicks: 1);
            }

            writer.Finish();
        }

        using VideoClipSource source = VideoClipSource.Open([path], cancellation: Cancellation);
        ClipInfo clip = Assert.Single(source.Clips);
        Assert.Equal((path, 12, 64, 48), (clip.Name, clip.FrameCount, clip.Width, clip.Height));
        PixelRect crop = new(5, 3, 30, 21);
        using IClipReader reader = source.Open(0);
        using FrameReader direct = new(path);
        foreach ((int first, SampleColor color) in new[] { (6, SampleColor.Rgb), (0, SampleColor.Luma), (7, SampleColor.YCbCr), (2, SampleColor.Rgb) })
        {
            byte[] actual = new byte[3 * color.Channels() * 30 * 21];
            reader.ReadSamples8(color, first, 3, 2, crop, actual);
            for (int t = 0; t < 3; t++)
            {
                byte[] expected = new byte[color.Channels() * 30 * 21];
                using VideoFrame frame = direct.GetFrame(first + 2 * t);
                RgbConverter.ToSamples8(frame, color, crop, expected);
                Assert.Equal(expected, actual[(t * expected.Length)..((t + 1) * expected.Length)]);
            }
        }
    }

    [Fact]
    public void Files_that_are_no_videos_are_left_out_by_name()
    {
        string[] paths = NumberedFiles.Write(_folder, (5, 16, 16));
        string text = _folder.File("text.mp4");
        File.WriteAllText(text, "no video");
        string empty = _folder.File("empty.mp4");
        File.WriteAllBytes(empty, []);
        using VideoClipSource source = VideoClipSource.Open([text, paths[0], empty], cancellation: Cancellation);
        Assert.Equal(paths[0], Assert.Single(source.Clips).Name);
        Assert.Equal(2, source.Warnings.Count);
        Assert.Single(source.Warnings[0].Split(text)[1..]);
        Assert.Single(source.Warnings[1].Split(empty)[1..]);
        using VideoSequenceLoader loader = LoaderTestRun.Loader(source, LoaderTestRun.Augmented);
        Assert.Equal(source.Warnings, loader.Warnings);
        Assert.Contains("none of 2 files",
            Assert.Throws<VsrException>(() => VideoClipSource.Open([text, empty], cancellation: Cancellation)).Message);
    }

    [Fact]
    public void A_file_that_is_cut_short_gives_the_frames_it_has()
    {
        string path = NumberedFiles.Write(_folder, (40, 64, 64))[0];
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        using VideoClipSource source = VideoClipSource.Open([path], cancellation: Cancellation);
        Assert.InRange(Assert.Single(source.Clips).FrameCount, 5, 35);
        SequenceLoaderOptions options = LoaderTestRun.Augmented with { CropWidth = 64, CropHeight = 64, BatchSize = 1 };
        using VideoSequenceLoader loader = LoaderTestRun.Loader(source, options);
        foreach ((byte[] batch, IReadOnlyList<SampleInfo> samples) in LoaderTestRun.Take(loader, (int)loader.WindowsPerEpoch))
        {
            Assert.False(samples[0].IsReplacement);
            if (samples[0].Frames.Max() < source.Clips[0].FrameCount - 1)
            {
                LoaderTestRun.AssertPixels(options, batch, samples); // the last picture may be concealed
            }
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_shared_training_clips_have_4268_frames()
    {
        DataSet set = DataSet.Open(SharedData.Require("video"));
        Assert.Equal(5, set.Validation.Count);
        using VideoClipSource source = VideoClipSource.Open(set.Training, cancellation: Cancellation);
        Assert.Equal(20, source.Clips.Count);
        Assert.Equal(4268, source.Clips.Sum(clip => clip.FrameCount));
    }

    [Fact]
    public void A_file_that_vanishes_while_training_costs_a_warning()
    {
        string[] paths = NumberedFiles.Write(_folder, (12, 16, 16), (12, 16, 16));
        using VideoClipSource source = VideoClipSource.Open(paths, cancellation: Cancellation);
        File.Delete(paths[1]);
        using VideoSequenceLoader loader = LoaderTestRun.Loader(source, LoaderTestRun.Augmented);
        Assert.All(LoaderTestRun.Take(loader, 5).SelectMany(batch => batch.Samples), sample => Assert.Equal(paths[0], sample.Clip));
        Assert.Contains(paths[1], Assert.Single(loader.Warnings));
    }

    [Fact]
    public void A_folder_of_pictures_is_a_clip()
    {
        string folder = _folder.File("clip4");
        Directory.CreateDirectory(folder);
        for (int frame = 0; frame < 5; frame++)
        {
            RgbImage image = new(20, 16, 8);
            NumberedFiles.Picture(4, frame, 20, 16).CopyTo(image.Samples8);
            PictureFile.Write(Path.Combine(folder, $"{frame:00000}.png"), image);
        }

        using VideoClipSource source = VideoClipSource.Open([folder], cancellation: Cancellation);
        Assert.Equal(new ClipInfo(folder, 5, 20, 16), Assert.Single(source.Clips));
        using VideoSequenceLoader loader = LoaderTestRun.Loader(source, LoaderTestRun.Augmented);
        (byte[] bytes, IReadOnlyList<SampleInfo> samples) = LoaderTestRun.Take(loader, 1)[0];
        LoaderTestRun.AssertPixels(LoaderTestRun.Augmented, bytes, samples);
    }
}
