using CsCheck;
using Vsr.Video;

namespace Vsr.Data.Tests;

public class FrameTimesTests
{
    [Fact]
    public void Times_are_ticks_times_the_time_base_at_a_constant_rate_and_at_any_other() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Int[1, 500], Gen.Int[1, 30], Gen.Int[0, 3]).Sample((first, step, count, kind) =>
        {
            long?[] ticks = [.. Enumerable.Range(0, count).Select(i => (long?)(first + i * step))];
            if (kind == 1)
            {
                ticks[count / 2]++;
            }
            else if (kind == 2)
            {
                ticks[count / 2] = null;
            }

            FrameTimes? times = FrameTimes.Of([.. ticks], new Rational(3, 1000));
            if (kind == 2 && count == 1)
            {
                Assert.Null(times);
                return;
            }

            Assert.Equal(count, times!.Count);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(ticks[i] * 3 / 1000.0 ?? double.NaN, times[i]);
            }

            Assert.Equal(times, FrameTimes.Of(ticks, new Rational(3, 1000)));
            Assert.NotEqual(times, FrameTimes.Of([.. ticks, 5000], new Rational(3, 1000)));
            Assert.Throws<ArgumentOutOfRangeException>(() => times[count]);
        }, iter: 300);

    [Fact]
    public void A_constant_rate_takes_no_memory_a_frame()
    {
        long?[] ticks = [.. Enumerable.Range(0, 1_000_000).Select(i => (long?)(i * 512L))];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        FrameTimes? times = FrameTimes.Of(ticks, new Rational(1, 15360));
        GC.KeepAlive(ticks);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, -100_000_000, 1_000_000);
        Assert.Equal(999_999 / 30.0, times![999_999], 1e-9);
    }
}
