using Vsr.Plots.Results;

namespace Vsr.Plots.Tests;

public class CurvePlotsTests
{
    [Fact]
    public void LongRunsAreDrawnAsMeansOfEqualPieces()
    {
        (double[] steps, double[] means) = CurvePlots.Means([.. Enumerable.Range(1, 401).Select(step => (double)step)]);

        // pieces of 3 steps, the last of 2: the middle of 1, 2, 3 is step 2, that of 400, 401 is 400.5
        Assert.Equal(134, steps.Length);
        Assert.Equal([2, 5, 400.5], new[] { steps[0], steps[1], steps[^1] });
        Assert.Equal(steps, means);
    }

    [Fact]
    public void ShortRunsAreDrawnStepByStep()
    {
        (double[] steps, double[] means) = CurvePlots.Means([0.5, 0.25]);

        Assert.Equal([1, 2], steps);
        Assert.Equal([0.5, 0.25], means);
    }
}
