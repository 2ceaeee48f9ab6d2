using CsCheck;

namespace Vsr.Data.Tests;

public class ShuffledOrderTests
{
    [Fact]
    public void Every_value_comes_at_exactly_one_position()
    {
        Gen.Select(Gen.Int[1, 3000], Gen.ULong, Gen.Int[0, 1000]).Sample((count, seed, epoch) =>
        {
            ShuffledOrder order = new(count, seed, epoch);
            bool[] seen = new bool[count];
            for (int position = 0; position < count; position++)
            {
                long value = order[position];
                Assert.False(seen[value]);
                seen[value] = true;
            }
        }, iter: 200);
    }

    [Fact]
    public void Every_small_count_is_a_permutation_too()
    {
        for (int count = 1; count <= 70; count++)
        {
            ShuffledOrder order = new(count, 7, 3);
            Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), Values(order).Order());
        }
    }

    [Fact]
    public void Positions_of_a_huge_order_are_reached_at_once()
    {
        const long count = long.MaxValue / 4;
        ShuffledOrder order = new(count, 1, 0);
        Assert.All(new[] { 0L, 1, count / 2, count - 1 }, position => Assert.InRange(order[position], 0, count - 1));
    }

    [Fact]
    public void Epochs_and_seeds_have_different_orders()
    {
        Assert.NotEqual(Values(new ShuffledOrder(50, 1, 0)), Values(new ShuffledOrder(50, 1, 1)));
        Assert.NotEqual(Values(new ShuffledOrder(50, 1, 0)), Values(new ShuffledOrder(50, 2, 0)));
        Assert.Equal(Values(new ShuffledOrder(50, 1, 1)), Values(new ShuffledOrder(50, 1, 1)));
    }

    [Fact]
    public void Values_and_neighbours_are_spread_evenly()
    {
        // 4000 epochs of 20 values: each value at each position 200 times on average (deviation 13.8), and a value follows its
        // predecessor in 1/20 of the places.
        const int count = 20;
        const int epochs = 4000;
        int[,] hits = new int[count, count];
        int successors = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            long[] values = [.. Values(new ShuffledOrder(count, 99, epoch))];
            for (int position = 0; position < count; position++)
            {
                hits[position, values[position]]++;
                successors += position > 0 && values[position] == values[position - 1] + 1 ? 1 : 0;
            }
        }

        Assert.All(hits.Cast<int>(), hit => Assert.InRange(hit, 130, 270));
        Assert.InRange(successors / (double)epochs, 0.85, 1.05); // 19 places, 19 of 380 pairs: 0.95
    }

    private static IEnumerable<long> Values(ShuffledOrder order)
    {
        for (long position = 0; position < order.Count; position++)
        {
            yield return order[position];
        }
    }
}
