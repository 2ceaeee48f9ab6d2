using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests;

public sealed class PictureClipTests : IDisposable
{
    private static readonly (int Frames, int Width, int Height)[] Clips = [(14, 48, 32), (9, 40, 40), (2, 32, 32)];
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SampleColor.Rgb)]
    [InlineData(SampleColor.Luma)]
    public void Folders_of_pictures_give_the_batches_of_the_videos_that_they_were_made_of(SampleColor color)
    {
        string[] videos = NumberedFiles.Write(_folder, Clips);
        string[] folders = [.. videos.Select(Extract)];
        SequenceLoaderOptions options = LoaderTestRun.Augmented with
        {
            CropWidth = 24,
            CropHeight = 20,
            Color = color,
            PadSequences = true,
            MaxOpenClips = 1,
            Threads = 3,
        };
        using VideoClipSource ofVideos = VideoClipSource.Open(videos, cancellation: Cancellation);
        using VideoClipSource ofFolders = VideoClipSource.Open(folders, cancellation: Cancellation);
        using VideoSequenceLoader fromVideos = LoaderTestRun.Loader(ofVideos, options);
        using VideoSequenceLoader fromFolders = LoaderTestRun.Loader(ofFolders, options);
        Assert.Equal(12 + 7 + 1, fromFolders.TotalWindows);
        foreach ((var video, var pictures) in LoaderTestRun.Take(fromVideos, 10).Zip(LoaderTestRun.Take(fromFolders, 10)))
        {
            Assert.Equal(video.Bytes, pictures.Bytes);
            foreach ((SampleInfo expected, SampleInfo actual) in video.Samples.Zip(pictures.Samples))
            {
                Assert.Equal(Path.GetFileNameWithoutExtension(expected.Clip), Path.GetFileName(actual.Clip));
                Assert.Equal(expected.Frames, actual.Frames);
                Assert.Equal(expected.Crop, actual.Crop);
                Assert.All(actual.Timestamps, time => Assert.True(double.IsNaN(time)));
            }

            if (color == SampleColor.Rgb)
            {
                LoaderTestRun.AssertPixels(options, video.Bytes, video.Samples);
            }
        }

        Assert.Empty(fromFolders.Warnings);
    }

    [Fact]
    public void A_damaged_picture_costs_only_the_windows_that_need_it()
    {
        string folder = Extract(NumberedFiles.Write(_folder, (30, 32, 32))[0]);
        using VideoClipSource source = VideoClipSource.Open([folder], cancellation: Cancellation);
        File.WriteAllText(Path.Combine(folder, "00011.png"), "no picture");
        using VideoSequenceLoader loader = LoaderTestRun.Loader(source, LoaderTestRun.Augmented with { BatchSize = 1, Threads = 2, Shuffle = false });
        SampleInfo[] samples = [.. LoaderTestRun.Take(loader, 28).SelectMany(batch => batch.Samples)];
        Assert.Equal([9L, 10, 11], samples.Where(sample => sample.IsReplacement).Select(sample => sample.Position));
        Assert.Contains("00011.png", Assert.Single(loader.Warnings));
    }

    [Fact]
    public void A_folder_that_has_other_pictures_than_when_it_was_listed_costs_a_warning_and_gives_no_other_frames()
    {
        string[] folders = [.. NumberedFiles.Write(_folder, (30, 32, 32), (12, 32, 32)).Select(Extract)];
        using VideoClipSource source = VideoClipSource.Open(folders, cancellation: Cancellation);
        File.Delete(Path.Combine(folders[0], "00003.png")); // the numbers of those after it would be one too many
        using VideoSequenceLoader loader = LoaderTestRun.Loader(source, LoaderTestRun.Augmented);
        foreach ((byte[] bytes, IReadOnlyList<SampleInfo> samples) in LoaderTestRun.Take(loader, 5))
        {
            Assert.All(samples, sample => Assert.Equal(folders[1], sample.Clip));
            LoaderTestRun.AssertPixels(LoaderTestRun.Augmented, bytes, samples);
        }

        Assert.Contains("29 pictures", Assert.Single(loader.Warnings));
    }

    // 00000.png, 00001.png ... in a folder of the video's name.
    private string Extract(string video)
    {
        string folder = _folder.File(Path.GetFileNameWithoutExtension(video));
        Directory.CreateDirectory(folder);
        using FrameReader reader = new(video);
        for (int i = 0; i < reader.FrameCount; i++)
        {
            using VideoFrame frame = reader.GetFrame(i);
            PictureFile.Write(Path.Combine(folder, $"{i:00000}.png"), RgbConverter.ToImage(frame));
        }

        return folder;
    }
}
