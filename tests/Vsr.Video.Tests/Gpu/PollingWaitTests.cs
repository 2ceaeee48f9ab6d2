using System.Diagnostics;

namespace Vsr.Video.Tests.Gpu;

public class PollingWaitTests
{
    [Fact]
    public void What_is_done_already_is_asked_once()
    {
        int asked = 0;

        Assert.True(PollingWait.Until(() => ++asked > 0, 50, 0));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void It_asks_until_it_is_done()
    {
        int asked = 0;

        Assert.True(PollingWait.Until(() => ++asked == 20, 20, 10_000));
        Assert.Equal(20, asked);
    }

    [Fact]
    public void What_never_ends_is_given_up_at_the_deadline()
    {
        long began = Stopwatch.GetTimestamp();

        Assert.False(PollingWait.Until(() => false, 50, 60));
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 60, 5000);
    }
}
