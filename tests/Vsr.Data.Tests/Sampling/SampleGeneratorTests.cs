using System.Numerics;

namespace Vsr.Data.Tests;

public class SampleGeneratorTests
{
    [Fact]
    public void Splitmix64_gives_its_published_sequence()
    {
        // First outputs for seed 1234567, as in the reference implementation's test vectors.
        ulong state = 1234567;
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        foreach (ulong value in expected)
        {
            Assert.Equal(value, SampleGenerator.Mix(state));
            state = unchecked(state + 0x9E3779B97F4A7C15);
        }
    }

    [Fact]
    public void Numbers_follow_xoshiro256_from_splitmix64()
    {
        const ulong seed = 5;
        ulong start = SampleGenerator.Mix(SampleGenerator.Mix(SampleGenerator.Mix(SampleGenerator.Mix(seed) ^ 2) ^ 77) ^ 1);
        ulong[] s = new ulong[4];
        for (int i = 0; i < 4; i++)
        {
            s[i] = SampleGenerator.Mix(unchecked(start + (ulong)i * 0x9E3779B97F4A7C15));
        }

        SampleGenerator generator = new(seed, 2, 77, 1);
        for (int i = 0; i < 100; i++)
        {
            // xoshiro256** as published, on an array
            ulong expected = unchecked(BitOperations.RotateLeft(s[1] * 5, 7) * 9);
            ulong t = s[1] << 17;
            (s[2], s[3]) = (s[2] ^ s[0], s[3] ^ s[1]);
            (s[1], s[0]) = (s[1] ^ s[2], s[0] ^ s[3]);
            (s[2], s[3]) = (s[2] ^ t, BitOperations.RotateLeft(s[3], 45));
            Assert.Equal(expected, generator.NextUInt64());
        }
    }

    [Fact]
    public void Neighbouring_samples_draw_unrelated_numbers()
    {
        int[] counts = new int[10];
        int coins = 0;
        for (int position = 0; position < 10_000; position++)
        {
            SampleGenerator generator = new(1, 0, position);
            counts[generator.Below(10)]++;
            coins += generator.Coin() ? 1 : 0;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1150)); // deviation 30
        Assert.InRange(coins, 4750, 5250); // deviation 50
    }

    [Fact]
    public void Numbers_below_a_limit_stay_below_it()
    {
        SampleGenerator generator = new(1, 2, 3);
        for (int limit = 1; limit < 100; limit++)
        {
            Assert.InRange(generator.Below(limit), 0, limit - 1);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Below(0));
    }
}
