using Vsr.Upscaling.Pipeline;

namespace Vsr.Upscaling.Tests.Pipeline;

public class ComputeClockTests
{
    [Fact]
    public void FewFramesCountAll()
    {
        ComputeClock clock = new(groupSize: 1);
        Assert.Equal(0, clock.MillisecondsPerFrame);

        clock.Add(3);
        clock.Add(1);

        Assert.Equal(2000, clock.MillisecondsPerFrame);
    }

    [Fact]
    public void TheSlowStartIsLeftOutOfManyFrames()
    {
        ComputeClock clock = new(groupSize: 1);
        for (int i = 0; i < 18; i++)
        {
            clock.Add(i < 8 ? 1 : 0.25);
        }

        Assert.Equal(250, clock.MillisecondsPerFrame);
        Assert.Equal(10.5, clock.TotalSeconds);
    }

    [Fact]
    public void FramesOfGroupsCountAll()
    {
        ComputeClock clock = new(groupSize: 16);
        for (int i = 0; i < 16; i++)
        {
            clock.Add(i == 0 ? 1.7 : 0.1);          // the first frame of a group pays for all
        }

        Assert.Equal(200, clock.MillisecondsPerFrame, 1e-9);
    }
}
