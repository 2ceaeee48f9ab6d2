using System.Text.Json;
using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>What is reported of a stream is what ffprobe reports.</summary>
public class StreamInfoTests
{
    public static TheoryData<string> Files =>
    [
        "awkward/mb_cursed-vfr.mp4", "awkward/mb_edts.mp4", "awkward/mb_iphone_hevc10_hlg_rot.mov", "awkward/mb_sar_2x1.mp4",
        "awkward/mb_rotate-buck-bunny.mp4", "awkward/psd_delayed_start.mp4", "awkward/tc_nasa_13013.mp4",
        "awkward/tc_nasa_13013_rotated.mp4", "awkward/tc_bt2020_10bit.mp4", "awkward/tc_bt709_full_range.mp4",
        "awkward/tc_test_non_zero_start.mp4", "awkward/tc_testsrc2_444_10bit_hevc.mp4", "awkward/tc_av1_video.mkv",
        "train/androidx_rooftop_hlg10.mp4", "train/svt_cottage_1080p25_422p10.mp4", "val/editly_palawan.mp4",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Agrees_with_ffprobe(string name)
    {
        string path = SharedData.Require("video/" + name);
        JsonElement expected = JsonDocument.Parse(OracleProgram.Run(
            "ffprobe", "-v", "quiet", "-select_streams", "v:0", "-show_streams", "-of", "json", path))
            .RootElement.GetProperty("streams")[0];
        VideoStreamInfo video = VideoFile.Probe(path).Video;
        Assert.Equal(Text(expected, "index"), $"{video.Index}");
        Assert.Equal(Text(expected, "codec_name"), video.Codec);
        Assert.Equal($"{Text(expected, "width")}x{Text(expected, "height")}", $"{video.Width}x{video.Height}");
        Assert.Equal(Text(expected, "pix_fmt"), video.PixelFormat?.Name);
        Assert.Equal(Text(expected, "time_base"), video.TimeBase.ToString());
        Assert.Equal(Text(expected, "start_pts"), $"{video.StartPts}");
        Assert.Equal(Text(expected, "avg_frame_rate"), video.AverageRate.ToString());
        string? aspect = video.SampleAspect is { } known ? $"{known.Numerator}:{known.Denominator}" : null;
        Assert.Equal(Text(expected, "sample_aspect_ratio"), aspect);
        Assert.Equal(Text(expected, "color_space"), video.Color.Matrix);
        Assert.Equal(Text(expected, "color_range"), video.Color.Range);
        Assert.Equal(Text(expected, "color_primaries"), video.Color.Primaries);
        Assert.Equal(Text(expected, "color_transfer"), video.Color.Transfer);
        Assert.Equal(Rotation(expected), video.Rotation);
    }

    [Theory]
    [InlineData("awkward/mb_cursed-vfr.mp4", true)]
    [InlineData("awkward/mb_bad-keyframes.mp4", false)]
    [InlineData("awkward/tc_av1_video.mkv", false)]
    public void Variable_rate_is_told_from_the_steps_between_frames(string name, bool varies)
    {
        using FrameReader reader = new(SharedData.Require("video/" + name), new FrameReaderOptions { CacheIndex = false });
        Assert.Equal(varies, reader.Index.IsVariableRate);
        Assert.Equal(varies, reader.Stream.VariableRate);
    }

    [Fact]
    public void An_attached_picture_is_not_the_default_stream_but_may_be_asked_for()
    {
        using TemporaryFolder folder = new();
        string clip = TestClip.Make(folder, "clip.mp4", "-c:v", "libx264", "-g", "12");
        string cover = TestClip.Make(folder, "cover.png", "-frames:v", "1", "-update", "1", "-pix_fmt", "rgb24");
        string path = folder.File("covered.mp4");
        OracleProgram.Run(
            "ffmpeg", "-v", "error", "-i", cover, "-i", clip, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic", path);
        using FrameReader film = new(path, new FrameReaderOptions { CacheIndex = false });
        Assert.Equal((0, "h264", TestClip.Frames), (film.Stream.Index, film.Stream.Codec, film.FrameCount));
        using FrameReader picture = new(path, new FrameReaderOptions { CacheIndex = false, Stream = 1 });
        Assert.Equal(("png", 1), (picture.Stream.Codec, picture.FrameCount));
        using VideoFrame frame = picture.GetFrame(0);
        Assert.Equal(FrameMd5.OfFFmpeg(cover)[0], FrameMd5.Of(frame));

        string song = folder.File("song.m4a");
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=duration=0.2", "-i", cover, "-map", "0", "-map", "1",
            "-c:a", "aac", "-c:v", "copy", "-disposition:v:0", "attached_pic", song);
        var failure = Assert.Throws<VideoFormatException>(() => VideoFile.Probe(song));
        Assert.Contains("has no video stream; its streams: 0 audio aac, 1 video png", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_frames_are_those_of_ffprobe()
    {
        foreach (string name in new[] { "mb_edit-list-discard.mp4", "psd_delayed_start.mp4", "tc_h265_video.mp4" })
        {
            string path = SharedData.Require("video/awkward/" + name);
            string[] expected = OracleProgram.Run(
                "ffprobe", "-v", "quiet", "-select_streams", "v:0", "-show_entries", "frame=pts", "-of", "csv=p=0", path)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false });
            Assert.Equal(
                expected.Select(line => line.Trim(',', ' ')),
                Enumerable.Range(0, reader.FrameCount).Select(i => $"{reader.Index.PtsTicks(i)}"));
        }
    }

    private static string? Text(JsonElement stream, string name) =>
        stream.TryGetProperty(name, out JsonElement value) && value.ToString() is not ("unknown" or "N/A") ? value.ToString() : null;

    private static int Rotation(JsonElement stream) => stream.TryGetProperty("side_data_list", out JsonElement list)
        ? list.EnumerateArray().Select(data => data.TryGetProperty("rotation", out JsonElement value) ? value.GetInt32() : 0).Sum()
        : 0;
}
