using System.Text.Json.Nodes;
using Vsr.Cli.Demo;

namespace Vsr.Cli.Tests.Demo;

public sealed class DemoReportTests
{
    private static readonly DemoFigures Figures = new()
    {
        BicubicPsnr = 19.75,
        TrainedPsnr = 27.05,
        ShippedPsnr = 29.5,
        BicubicSsim = 0.5,
        TrainedSsim = 0.75,
        ShippedSsim = 0.875,
        TrainingSteps = 361,
        TrainingSeconds = 60,
        ScoredFrames = 24,
        UpscaledFrames = 48,
        Seconds = 170.5,
    };

    [Theory]
    [InlineData("bicubic_psnr_db", 19.75)]
    [InlineData("trained_psnr_db", 27.05)]
    [InlineData("shipped_psnr_db", 29.5)]
    [InlineData("upscaled_frames", 48)]
    [InlineData("seconds", 170.5)]
    public void TheJsonHasTheDocumentedNames(string name, double expected)
    {
        Assert.Equal(expected, JsonNode.Parse(Figures.ToJson())![name]!.GetValue<double>());
    }

    [Fact]
    public void ThePageShowsTheFiguresAndNamesItsFiles()
    {
        string page = DemoPage.Write(Figures, [0.1, 0.05, 0.02]);

        Assert.Contains("<td>27.05</td><td>+7.30</td><td>0.7500</td>", page);
        Assert.Contains("<td>29.50</td><td>+9.75</td><td>0.8750</td>", page);
        foreach (string file in new[] { "bicubic.png", "shipped.png", "trained.png", "truth.png", "upscaled.mp4", "small.mp4" })
        {
            Assert.Contains($"\"{file}\"", page);
        }

        Assert.DoesNotContain("{{", page);
        Assert.DoesNotContain("http", page);
    }
}
