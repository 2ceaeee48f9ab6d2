using System.Diagnostics;

namespace Vsr.Video.Tests.Gpu;

public class PollingWaitTests
{
    [Fact]
    public void What_is_done_already_is_asked_once()
    {
        int asked = 0;

        Assert.True(new PollingWait(50).Until(() => ++asked > 0, 0));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void It_asks_until_it_is_done()
    {
        int asked = 0;

        Assert.True(new PollingWait(20).Until(() => ++asked == 20, 10_000));
        Assert.Equal(20, asked);
    }

    [Fact]
    public void What_never_ends_is_given_up_at_the_deadline()
    {
        long began = Stopwatch.GetTimestamp();

        Assert.False(new PollingWait(50).Until(() => false, 60));
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 60, 5000);
    }

    [Fact]
    public void What_has_taken_long_of_late_is_asked_about_seldom()
    {
        PollingWait wait = new(20);
        List<int> asked = [];
        for (int i = 0; i < 20; i++)
        {
            asked.Add(0);
            long began = Stopwatch.GetTimestamp();
            Assert.True(wait.Until(() => ++asked[^1] > 0 && Stopwatch.GetElapsedTime(began).TotalMilliseconds > 8, 10_000));
        }

        Assert.True(asked[^1] < asked[0] / 2, string.Join(' ', asked));
    }

    [Fact]
    public void A_long_first_pause_ends_at_the_deadline()
    {
        PollingWait wait = new(20);
        for (int i = 0; i < 10; i++)
        {
            long began = Stopwatch.GetTimestamp();
            Assert.True(wait.Until(() => Stopwatch.GetElapsedTime(began).TotalMilliseconds > 40, 10_000));
        }

        double[] taken = [.. Enumerable.Range(0, 5).Select(_ =>
        {
            long asked = Stopwatch.GetTimestamp();
            Assert.False(wait.Until(() => false, 1));
            return Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        })];
        Assert.InRange(taken.Min(), 1, 8);                   // of several: the machine may be busy
    }
}
