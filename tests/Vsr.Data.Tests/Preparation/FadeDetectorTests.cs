using Vsr.Data.Preparation.Detection;
using Vsr.Video.Analysis;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Where the cut of a fade lies, by brightness alone.</summary>
public class FadeDetectorTests
{
    [Theory]
    [InlineData("fade to fade", new double[] { 100, 70, 40, 16, 16, 16, 16, 40, 70, 100 }, new[] { 5 })]
    [InlineData("jump to fade", new double[] { 100, 100, 100, 16, 16, 16, 16, 40, 70, 100 }, new[] { 3 })]
    [InlineData("fade to jump", new double[] { 100, 70, 40, 16, 16, 16, 16, 100, 100, 100 }, new[] { 7 })]
    [InlineData("jump to jump", new double[] { 100, 100, 100, 16, 16, 16, 16, 100, 100, 100 }, new[] { 3, 7 })]
    [InlineData("from black", new double[] { 16, 16, 16, 40, 70, 100 }, new int[0])]
    [InlineData("to black", new double[] { 100, 70, 40, 16, 16 }, new int[0])]
    [InlineData("never", new double[] { 100, 60, 40, 60, 100 }, new int[0])]
    public void TheCutIsInTheMiddleOrAtTheJump(string name, double[] means, int[] expected)
    {
        FrameChange[] changes = [.. means.Select(mean => new FrameChange(0, 1, new LumaLevel(mean, mean <= 16 ? 0 : 40)))];
        Assert.True(expected.SequenceEqual(FadeDetector.Find(changes).Select(cut => cut.Frame)), name);
    }
}
