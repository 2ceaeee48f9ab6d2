using CsCheck;

namespace Vsr.Video.Tests.Writing;

/// <summary>Good times stay to the tick; bad ones become strictly rising by the documented rule.</summary>
public class RisingTimesTests
{
    [Fact]
    public void RisingTimesStayAndLastUntilTheNext()
    {
        RisingTimes times = RisingTimes.Create([-512, 0, 1001, 5000], stepTicks: 1001, lastDurationTicks: 77);

        Assert.Equal([-512, 0, 1001, 5000], Ticks(times));
        Assert.Equal([512, 1001, 3999, 77], Enumerable.Range(0, 4).Select(times.DurationTicks));
        Assert.Equal(0, times.Changed);
    }

    [Fact]
    public void CrossingTimesAreSorted()
    {
        RisingTimes times = RisingTimes.Create([0, 3, 1, 2, 4], stepTicks: 1, lastDurationTicks: 0);

        Assert.Equal([0, 1, 2, 3, 4], Ticks(times));
        Assert.Equal(3, times.Changed);
    }

    [Fact]
    public void RepeatedTimesMoveByATick() =>
        Assert.Equal([10, 11, 12, 20], Ticks(RisingTimes.Create([10, 10, 10, 20], stepTicks: 5, lastDurationTicks: 0)));

    [Fact]
    public void MissingTimesFollowTheirPredecessor()
    {
        RisingTimes times = RisingTimes.Create([null, 40, null, 120], stepTicks: 40, lastDurationTicks: 0);

        Assert.Equal([0, 40, 80, 120], Ticks(times));
        Assert.Equal(40, times.DurationTicks(3));
    }

    [Fact]
    public void AlwaysStrictlyRising() =>
        Gen.Select(Gen.Long[-50, 50].Nullable().Array[0, 40], Gen.Long[-3, 9]).Sample((input, step) =>
        {
            long[] ticks = Ticks(RisingTimes.Create(input, step, 0));
            return ticks.Length == input.Length && ticks.Zip(ticks.Skip(1)).All(pair => pair.First < pair.Second);
        });

    private static long[] Ticks(RisingTimes times) => [.. Enumerable.Range(0, times.Count).Select(times.PtsTicks)];
}
