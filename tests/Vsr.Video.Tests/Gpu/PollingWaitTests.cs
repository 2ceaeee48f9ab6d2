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
    public void Pauses_grow_with_the_time_waited_up_to_a_millisecond()
    {
        SleepingClock clock = new();
        PollingWait wait = new(50, clock, clock.Sleep);

        Assert.True(wait.Until(() => clock.Microseconds >= 20_000, 10_000));
        Assert.Equal([50, 50, 50, 50, 50, 62, 78, 97, 121], clock.Pauses.Take(9));
        Assert.Equal(1000, clock.Pauses[^1]);
        Assert.InRange(clock.Microseconds, 20_000, 21_000);
    }

    [Fact]
    public void What_has_taken_long_of_late_is_asked_about_seldom()
    {
        SleepingClock clock = new();
        PollingWait wait = new(20, clock, clock.Sleep);
        List<int> asked = [];
        for (int i = 0; i < 30; i++)
        {
            asked.Add(0);
            long began = clock.Microseconds;
            Assert.True(wait.Until(() => ++asked[^1] > 0 && clock.Microseconds - began >= 8000, 10_000));
        }

        Assert.InRange(asked[0], 20, 40);
        Assert.Equal(4, asked[^1]);                          // at once, after three quarters, and twice by a millisecond
    }

    [Fact]
    public void What_has_become_quick_is_not_slept_through_for_long()
    {
        SleepingClock clock = new();
        PollingWait wait = new(20, clock, clock.Sleep);
        Wait(40_000);
        Wait(40_000);

        List<long> late = [.. Enumerable.Range(0, 40).Select(_ => Wait(200))];
        Assert.InRange(late[0], 0, 10_000);
        Assert.InRange(late[^1], 0, 60);

        long Wait(int microseconds)
        {
            long began = clock.Microseconds;
            Assert.True(wait.Until(() => clock.Microseconds - began >= microseconds, 10_000));
            return clock.Microseconds - began - microseconds;
        }
    }

    [Fact]
    public void A_long_first_pause_ends_at_the_deadline()
    {
        SleepingClock clock = new();
        PollingWait wait = new(20, clock, clock.Sleep);
        for (int i = 0; i < 10; i++)
        {
            long began = clock.Microseconds;
            Assert.True(wait.Until(() => clock.Microseconds - began > 40_000, 10_000));
        }

        long asked = clock.Microseconds;
        Assert.False(wait.Until(() => false, 1));
        Assert.InRange(clock.Microseconds - asked, 1000, 1100);
    }

    /// <summary>A clock that only sleeping moves.</summary>
    private sealed class SleepingClock : TimeProvider
    {
        public long Microseconds { get; private set; }

        public List<int> Pauses { get; } = [];

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => Microseconds;

        public void Sleep(int microseconds)
        {
            Pauses.Add(microseconds);
            Microseconds += microseconds;
        }
    }
}
