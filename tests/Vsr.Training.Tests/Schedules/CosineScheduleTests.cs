using CsCheck;
using Vsr.Training.Schedules;

namespace Vsr.Training.Tests.Schedules;

public class CosineScheduleTests
{
    [Theory]
    [InlineData(0, 0.0, 1.0 / 200)]
    [InlineData(99, 0.0, 0.5)]
    [InlineData(199, 0.0, 1.0)]
    [InlineData(5000, 0.5, 0.5)]
    [InlineData(5000, 1.0 / 3, 0.75)]
    [InlineData(5000, 1.0, 0.005)]
    public void FactorsAreThoseOfTheFormula(long step, double fraction, double expected) =>
        Assert.Equal(expected, new CosineSchedule().Factor(step, fraction), 12);

    [Fact]
    public void TheFactorStaysBetweenZeroAndOneAndNeverRisesAfterTheWarmUp() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Sample((a, b) =>
        {
            CosineSchedule schedule = new();
            double early = schedule.Factor(1000, Math.Min(a, b));
            double late = schedule.Factor(1000, Math.Max(a, b));
            return late <= early && late > 0 && early <= 1;
        });

    [Fact]
    public void TheTriangularScheduleGoesUpAndDown()
    {
        TriangularSchedule schedule = new() { Cycles = 2, Floor = 0.1 };

        Assert.Equal([0.1, 0.55, 1.0, 0.55, 0.1], new[] { 0, 0.125, 0.25, 0.375, 0.5 }.Select(f => schedule.Factor(0, f)), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Fact]
    public void TheMovingAverageForgetsItsStart()
    {
        Assert.Equal(0.05, EmaDecay.At(0, 0.999), 12);
        Assert.Equal(0.999, EmaDecay.At(1_000_000, 0.999), 12);
    }

    [Fact]
    public void AnUnknownScheduleIsRefusedWithTheKnownNames()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(() => LearningRateSchedule.Create("cyclic", 200));

        Assert.Contains("cosine", failure.Message, StringComparison.Ordinal);
    }
}
