using Vsr.Upscaling.Color;
using Vsr.Video;
using Vsr.Video.Writing;

namespace Vsr.Upscaling.Tests.Color;

/// <summary>Depth and chroma stay where the encoder has them; what is lost is said; tags stay or become explicit.</summary>
public class OutputPixelFormatTests
{
    [Theory]
    [InlineData("yuv420p", "libx264", "yuv420p", false)]
    [InlineData("yuvj420p", "libx264", "yuv420p", false)]
    [InlineData("nv12", "libx264", "yuv420p", false)]
    [InlineData("yuv420p10le", "libx264", "yuv420p10le", false)]
    [InlineData("yuv422p10le", "libx264", "yuv422p10le", false)]
    [InlineData("yuv444p", "libx264", "yuv444p", false)]
    [InlineData("gray", "libx264", "yuv420p", false)]
    [InlineData("yuv420p12le", "libx264", "yuv420p10le", true)]
    [InlineData("yuv420p10le", "mpeg4", "yuv420p", true)]
    [InlineData("yuv444p", "mpeg4", "yuv420p", true)]
    [InlineData("yuva420p", "libx264", "yuv420p", false)]
    [InlineData("bgr0", "ffv1", "gbrp9le|yuv444p", false)]
    [InlineData("gbrp10le", "ffv1", "gbrp10le", false)]
    public void LosesAsLittleAsTheEncoderAllows(string source, string encoder, string expected, bool isLoss)
    {
        PictureLayout layout = PictureLayouts.Of(source);
        PictureLayout chosen = OutputPixelFormat.Choose(layout, EncoderFormats.Of(encoder), encoder);

        Assert.Contains(chosen.Name, expected.Split('|'));
        Assert.Equal(isLoss, OutputPixelFormat.DescribeLoss(layout, chosen, encoder) is not null);
    }

    [Fact]
    public void AnUnknownEncoderIsNamed() =>
        Assert.Contains("'libx999'", Assert.Throws<VsrException>(() => EncoderFormats.Of("libx999")).Message);

    [Theory]
    [InlineData("bt709", "tv", "yuv420p", 270, "bt709", "tv")]
    [InlineData(null, null, "yuv420p", 1080, null, null)]                       // the guess stays right
    [InlineData(null, null, "yuv420p", 270, "smpte170m", null)]                 // the guess would change
    [InlineData(null, "tv", "yuv420p", 100, null, "tv")]
    [InlineData("bt709", null, "yuvj420p", 270, "bt709", "pc")]
    [InlineData("gbr", "pc", "bgr0", 270, "bt709", "tv")]
    public void TagsStayOrBecomeExplicit(string? matrix, string? range, string source, int height, string? newMatrix, string? newRange)
    {
        ColorDescription color = OutputColor.For(
            new ColorDescription(matrix, range, "bt709", "bt709", "left"),
            PictureLayouts.Of(source), PictureLayouts.Of("yuv420p"), height, 4 * height);

        Assert.Equal((newMatrix, newRange, "bt709", "bt709"), (color.Matrix, color.Range, color.Primaries, color.Transfer));
    }

    [Theory]
    [InlineData("smpte2084", "PQ")]
    [InlineData("arib-std-b67", "HLG")]
    public void HighDynamicRangeIsRefused(string transfer, string name)
    {
        VsrException refused = Assert.Throws<VsrException>(
            () => OutputColor.RequireStandardRange(new ColorDescription(null, null, null, transfer, null), "in.mov"));

        Assert.Contains("in.mov", refused.Message);
        Assert.Contains(name, refused.Message);
    }
}
