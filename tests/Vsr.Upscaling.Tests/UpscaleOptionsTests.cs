namespace Vsr.Upscaling.Tests;

/// <summary>Options out of range are refused with value and limit.</summary>
public class UpscaleOptionsTests
{
    [Fact]
    public void TheDefaultsAreValid() => new UpscaleOptions().Validate();

    [Fact]
    public void ValuesOutOfRangeAreNamed()
    {
        Refused(new UpscaleOptions { Crf = 64 }, "crf 64");
        Refused(new UpscaleOptions { Codec = " " }, "Codec");
        Refused(new UpscaleOptions { Stream = -1 }, "stream -1");
        Refused(new UpscaleOptions { QueuedFrames = 0 }, "1..64");
        Refused(new UpscaleOptions { Preview = "a.jpg" }, "a.jpg");
    }

    [Theory]
    [InlineData("libx264", 51)]
    [InlineData("libx264rgb", 51)]
    [InlineData("libx265", 51)]
    [InlineData("libsvtav1", 63)]
    [InlineData("libaom-av1", 63)]
    [InlineData("libvpx-vp9", 63)]
    public void TheRateFactorEndsWhereTheEncodersDoes(string codec, int highest)
    {
        new UpscaleOptions { Codec = codec, Crf = highest }.Validate();
        Refused(new UpscaleOptions { Codec = codec, Crf = highest + 1 }, $"crf {highest + 1} is outside {codec}'s 0..{highest}");
    }

    [Theory]
    [InlineData("in.mp4", "out.avi", ".mp4, .m4v, .mov, .mkv")]
    [InlineData("in.mp4", "out", "extension ''")]
    [InlineData("in.mp4", "./in.mp4", "both")]
    public void BadPathsAreRefused(string input, string output, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => UpscaleOptions.ValidatePaths(input, output)).Message);

    private static void Refused(UpscaleOptions options, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(options.Validate).Message);
}
