using Vsr.Models;

namespace Vsr.Upscaling.Tests.Choice;

/// <summary>The table of docs/upscaling.md, cell by cell.</summary>
public class DefaultModelTests
{
    [Theory]
    [InlineData("full", "ffv1", true, "full: ffv1 is lossless")]
    [InlineData("full fast", "ffv1", true, "full: ffv1 is lossless")]
    [InlineData("full fast compressed", "ffv1", true, "full: ffv1 is lossless")]
    [InlineData("full", "ffv1", false, "full: ffv1 is lossless, on the CPU, and model fast is not there")]
    [InlineData("full fast compressed", "ffv1", false, "fast: ffv1 is lossless, on the CPU; --model full is better and takes much longer")]
    [InlineData("full", "h264", true, "full: h264 is a lossy codec, and model compressed is not there")]
    [InlineData("full fast", "h264", true, "full: h264 is a lossy codec, and model compressed is not there")]
    [InlineData("full fast compressed", "h264", true, "compressed: h264 is a lossy codec; --clean if the picture is clean")]
    [InlineData("full", "h264", false, "full: h264 is a lossy codec, on the CPU, and models compressed and fast are not there")]
    [InlineData("full fast", "h264", false, "fast: h264 is a lossy codec, on the CPU, and model compressed is not there")]
    [InlineData("full compressed", "h264", false, "compressed: h264 is a lossy codec, on the CPU; --clean if the picture is clean")]
    [InlineData(
        "full fast compressed", "h264", false,
        "compressed: h264 is a lossy codec, on the CPU; --model fast takes a fraction of the time, --clean if the picture is clean")]
    [InlineData("best x2", "h264", true, null)]
    public void TheFirstThatIsThereIsTaken(string there, string codec, bool onGpu, string? expected) =>
        Assert.Equal(expected, Choose(there, codec, onGpu, 4));

    [Theory]
    [InlineData(2, "x2: --scale 2")]
    [InlineData(3, null)]
    public void AnotherScaleHasNetworksOfItsOwn(int scale, string? expected)
    {
        Assert.Equal(expected, Choose("full x2 compressed fast", "h264", onGpu: false, scale));
        Assert.Equal(expected, Choose("full x2 compressed fast", "ffv1", onGpu: true, scale));
    }

    private static string? Choose(string there, string codec, bool onGpu, int scale)
    {
        ShippedModel[] models = [.. ShippedModels.List()
            .Select(model => model with { Path = there.Split(' ').Contains(model.Name) ? $"/models/{model.FileName}" : null })];
        return DefaultModel.Choose(codec, isLossless: codec == "ffv1", onGpu, scale, models) is { } choice
            ? $"{choice.Model.Name}: {choice.Reason}"
            : null;
    }
}
