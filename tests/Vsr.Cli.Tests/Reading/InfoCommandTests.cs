using System.Text.Json;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Reading;

public class InfoCommandTests
{
    [Fact]
    public void Json_has_the_names_and_values_of_the_contract()
    {
        (int code, string output, string error) = VsrProcess.Run("info", VsrProcess.Sample, "--json");
        Assert.Equal((0, ""), (code, error));
        JsonElement root = JsonDocument.Parse(output).RootElement;
        string[] streams = [.. root.GetProperty("streams").EnumerateArray().Select(stream =>
            $"{stream.GetProperty("index")} {stream.GetProperty("type")} {stream.GetProperty("codec")}")];
        Assert.Equal(["0 video h264", "1 audio aac"], streams);
        string[] names =
        [
            "width", "height", "pixelFormat", "frames", "packets", "keyFrames", "timeBase", "startPts", "durationSeconds",
            "variableRate", "rotation", "sampleAspect", "matrix", "range", "primaries", "transfer", "bitDepth",
        ];
        Assert.Equal(
            "960 540 yuv420p 96 96 2 1/30000 0 3.2032 False 0 1:1 bt709 tv bt709 bt709 8",
            string.Join(' ', names.Select(name => root.GetProperty(name).ToString())));
    }

    [Fact]
    public void Unknown_values_are_null()
    {
        string path = SharedData.Require("video/train/svt_cottage_1080p25_422p10.mp4");
        JsonElement root = JsonDocument.Parse(VsrProcess.Run("info", path, "--json").Output).RootElement;
        foreach (string name in new[] { "matrix", "range", "primaries", "transfer" })
        {
            Assert.Equal(JsonValueKind.Null, root.GetProperty(name).ValueKind);
        }

        Assert.Equal(10, root.GetProperty("bitDepth").GetInt32());
    }

    [Fact]
    public void A_stream_without_a_codec_has_none_rather_than_one_called_none()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("timecode.mov");
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=64x48:d=0.2", "-timecode", "00:00:00:00", path);

        JsonElement streams = JsonDocument.Parse(VsrProcess.Run("info", path, "--json").Output).RootElement.GetProperty("streams");

        Assert.Equal("data", streams[1].GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, streams[1].GetProperty("codec").ValueKind);
        Assert.Contains("stream 1: data without a codec", VsrProcess.Run("info", path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_names_the_streams_and_the_frames()
    {
        (int code, string output, _) = VsrProcess.Run("info", VsrProcess.Sample);
        Assert.Equal(0, code);
        Assert.Contains("stream 0: video h264 (chosen)", output, StringComparison.Ordinal);
        Assert.Contains("96 in 96 packets, 2 key frames", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_video_is_one_line_and_exit_1()
    {
        (int code, string output, string error) = VsrProcess.Run("info", SharedData.RepositoryRoot);
        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"vsr: {SharedData.RepositoryRoot}: is a directory; name a video file in it\n", error);
    }
}
