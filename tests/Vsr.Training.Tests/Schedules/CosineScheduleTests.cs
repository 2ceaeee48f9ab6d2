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
    public void TheTriangularScheduleCountsSteps()
    {
        TriangularSchedule schedule = new() { CycleSteps = 8, Floor = 0.2 };

        double[] expected = [0.2, 0.4, 0.6, 0.8, 1.0, 0.8, 0.6, 0.4, 0.2, 0.4];
        Assert.Equal(expected, Enumerable.Range(0, 10).Select(step => schedule.Factor(step, 0.99)), (x, y) => Math.Abs(x - y) < 1e-12);
    }

    [Theory]
    [InlineData(0.0, 0.04)]
    [InlineData(0.15, 0.52)]
    [InlineData(0.3, 1.0)]
    [InlineData(0.65, 0.500002)]
    [InlineData(1.0, 0.000004)]
    public void TheOneCycleScheduleIsThatOfTheFormula(double fraction, double expected) =>
        Assert.Equal(expected, new OneCycleSchedule().Factor(17, fraction), 12);

    [Fact]
    public void TheCyclesArePyTorchs()
    {
        const string oracle = """
            import torch
            def rates(make):
                p = torch.nn.Parameter(torch.zeros(1))
                o = torch.optim.SGD([p], lr=1.0, momentum=0.9)
                s = make(o)
                for step in range(400):
                    print(repr(o.param_groups[0]['lr']))
                    o.step()
                    if step < 399: s.step()
            rates(lambda o: torch.optim.lr_scheduler.CyclicLR(o, 1e-6, 1e-5, step_size_up=37))
            rates(lambda o: torch.optim.lr_scheduler.OneCycleLR(o, 1e-3, total_steps=400))
            """;
        double[] expected = [.. Vsr.Tests.OracleProgram.Run(Vsr.Tests.OracleProgram.RequirePythonTorch(), "-c", oracle)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];

        ILearningRateSchedule triangular = LearningRateSchedule.Create("triangular", 200, floor: 0.1, cycleSteps: 74);
        ILearningRateSchedule oneCycle = LearningRateSchedule.Create("one-cycle", 200);

        Assert.All(Enumerable.Range(0, 400), step => Assert.Equal(expected[step], 1e-5 * triangular.Factor(step, step / 400.0), 1e-15));
        Assert.All(Enumerable.Range(0, 400), step =>
            Assert.Equal(expected[400 + step], 1e-3 * oneCycle.Factor(step, step / 399.0), 8e-6));      // PyTorch's rise ends a step earlier
    }

    [Fact]
    public void AScheduleTakesItsLowestRate()
    {
        Assert.Equal(0.25, LearningRateSchedule.Create("cosine", 1, 0.25).Factor(1000, 1), 12);
        Assert.Equal(0.25, LearningRateSchedule.Create("one-cycle", 1, 0.25).Factor(0, 0), 12);
        Assert.Equal(0.25, LearningRateSchedule.Create("one-cycle", 1, 0.25).Factor(1000, 1), 12);
        Assert.Equal(1, LearningRateSchedule.Create("constant", 1).Factor(1000, 1), 12);
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
