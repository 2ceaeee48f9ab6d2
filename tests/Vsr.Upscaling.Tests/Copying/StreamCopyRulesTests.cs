using Vsr.Video.Writing;

namespace Vsr.Upscaling.Tests.Copying;

/// <summary>What becomes of every kind of stream in every container.</summary>
public class StreamCopyRulesTests
{
    [Theory]
    [InlineData("audio", "aac", "a.mp4", "Copy", "aac")]
    [InlineData("audio", "pcm_s16le", "a.mp4", "LeaveOut", null)]
    [InlineData("audio", "pcm_s16le", "a.mov", "Copy", "pcm_s16le")]
    [InlineData("audio", "truehd", "a.mkv", "Copy", "truehd")]
    [InlineData("audio", "unknown", "a.mkv", "LeaveOut", null)]
    [InlineData("subtitle", "mov_text", "a.m4v", "Copy", "mov_text")]
    [InlineData("subtitle", "subrip", "a.mp4", "ConvertText", "mov_text")]
    [InlineData("subtitle", "ass", "a.mov", "ConvertText", "mov_text")]
    [InlineData("subtitle", "ass", "a.MKV", "Copy", "ass")]
    [InlineData("subtitle", "mov_text", "a.mkv", "ConvertText", "subrip")]
    [InlineData("subtitle", "hdmv_pgs_subtitle", "a.mp4", "LeaveOut", null)]
    [InlineData("data", "bin_data", "a.mkv", "LeaveOut", null)]
    [InlineData("video", "h264", "a.mkv", "LeaveOut", null)]
    [InlineData("attachment", "ttf", "a.mkv", "Copy", "ttf")]
    [InlineData("attachment", "ttf", "a.mp4", "LeaveOut", null)]
    public void Decides(string type, string codec, string output, string action, string? outputCodec)
    {
        StreamCopyDecision decision = StreamCopyRules.Decide(
            new StreamCopyCandidate(3, type, codec), StreamCopyRules.ContainerOf(output)!.Value);

        Assert.Equal(action, decision.Action.ToString());
        Assert.Equal(outputCodec, decision.OutputCodec);
        Assert.Equal(outputCodec is null, decision.Reason is not null);
    }

    [Fact]
    public void TheLineSaysWhichStreamWhyAndWhatToDo()
    {
        StreamCopyDecision decision = StreamCopyRules.Decide(
            new StreamCopyCandidate(4, "subtitle", "hdmv_pgs_subtitle"), StreamCopyContainer.Mp4);

        Assert.Equal(
            "stream 4 (subtitle, hdmv_pgs_subtitle) is left out: .mp4 cannot hold it; write .mkv instead",
            decision.Describe());
    }

    [Fact]
    public void ACoverPictureIsNamedAsSuch() =>
        Assert.Contains("attached picture", StreamCopyRules.Decide(
            new StreamCopyCandidate(1, "video", "mjpeg") { IsAttachedPicture = true }, StreamCopyContainer.Mp4).Reason!);

    [Theory]
    [InlineData("a.avi")]
    [InlineData("a")]
    [InlineData("a.mp4.partial")]
    public void OtherExtensionsAreNotWritten(string path) => Assert.Null(StreamCopyRules.ContainerOf(path));
}
