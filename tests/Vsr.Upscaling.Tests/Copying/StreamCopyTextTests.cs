using System.Text;
using Vsr.Video.Writing;

namespace Vsr.Upscaling.Tests.Copying;

/// <summary>Subtitle text survives a change of format, its line breaks and its letters included.</summary>
public class StreamCopyTextTests
{
    [Theory]
    [InlineData("subrip", "<i>Hello</i>, world\nsecond", "Hello, world\nsecond")]
    [InlineData("subrip", "a < b &amp; c", "a < b & c")]
    [InlineData("webvtt", "<v Anna>Grüße <00:01.000>dann", "Grüße dann")]
    [InlineData("ass", "0,0,Default,,0,0,0,,{\\b1}Yes, please{\\b0}\\Nnow", "Yes, please\nnow")]
    [InlineData("text", "<plain>", "<plain>")]
    public void BecomesMovTextAndBack(string codec, string text, string expected)
    {
        byte[] sample = StreamCopyText.Convert(Encoding.UTF8.GetBytes(text), codec, "mov_text")!;
        byte[] back = StreamCopyText.Convert(sample, "mov_text", "subrip")!;

        Assert.Equal(Encoding.UTF8.GetByteCount(expected), (sample[0] << 8) | sample[1]);
        Assert.Equal(expected, Encoding.UTF8.GetString(back));
    }

    [Fact]
    public void StyleBoxesAfterTheTextAreDropped()
    {
        byte[] sample = [0, 2, (byte)'o', (byte)'k', 0, 0, 0, 8, (byte)'s', (byte)'t', (byte)'y', (byte)'l'];

        Assert.Equal("ok"u8.ToArray(), StreamCopyText.Convert(sample, "mov_text", "subrip"));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0 })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[0])]
    public void ASampleThatShowsNothingIsDropped(byte[] sample) =>
        Assert.Null(StreamCopyText.Convert(sample, "mov_text", "subrip"));

    [Fact]
    public void ALengthBeyondTheSampleIsCut() =>
        Assert.Equal("hi"u8.ToArray(), StreamCopyText.Convert([0xFF, 0xFF, (byte)'h', (byte)'i'], "mov_text", "subrip"));
}
