using Vsr.Cli.Bench;
using Vsr.Data;

namespace Vsr.Cli.Tests.Bench;

public class LoaderBenchTests
{
    [Theory]
    [InlineData(100, 60, 250, 160, 1.5)]
    [InlineData(90, 60, 90, 60, 1.5)]       // all batches of the measured part had been made before it
    [InlineData(0, 0, 0, 0, null)]
    public void DecodedFramesAreThoseOfTheMeasuredPartWhereItHasAny(
        long decodedBefore, long deliveredBefore, long decodedAfter, long deliveredAfter, double? expected) =>
        Assert.Equal(expected, LoaderBench.DecodedPerDelivered(
            new LoaderStatistics(decodedBefore, deliveredBefore, default), new LoaderStatistics(decodedAfter, deliveredAfter, default)));
}
