using Vsr.Upscaling.Pipeline;

namespace Vsr.Upscaling.Tests.Pipeline;

public class ComputeClockTests
{
    [Fact]
    public void FewFramesCountAll()
    {
        ComputeClock clock = new();
        Assert.Equal(0, clock.MillisecondsPerFrame);

        clock.Add(3);
        clock.Add(1);

        Assert.Equal(2000, clock.MillisecondsPerFrame);
    }

    [Fact]
    public void TheSlowStartIsLeftOutOfManyFrames()
    {
        ComputeClock clock = new();
        for (int i = 0; i < 18; i++)
        {
            clock.Add(i < 8 ? 1 : 0.25);
        }

        Assert.Equal(250, clock.MillisecondsPerFrame);
        Assert.Equal(10.5, clock.TotalSeconds);
    }
}
