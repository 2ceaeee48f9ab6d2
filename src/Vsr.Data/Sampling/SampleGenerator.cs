using System.Numerics;

namespace Vsr.Data;

/// <summary>
/// The random numbers of one sample: xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021),
/// its state filled by splitmix64 from (seed, epoch, position, attempt) alone.
/// </summary>
/// <remarks>
/// Our own, so that a sample's crop and flips stay the same on every thread, after a restart and in every .NET release.
/// A mutable struct: pass it by reference. Position is that in the whole epoch, not in a shard.
/// </remarks>
public struct SampleGenerator
{
    private const ulong Golden = 0x9E3779B97F4A7C15; // 2^64 / golden ratio, splitmix64's step
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>A generator for one sample.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Epoch, from 0.</param>
    /// <param name="position">Position in the epoch over all shards, from 0.</param>
    /// <param name="attempt">0, or which replacement of the sample this is.</param>
    public SampleGenerator(ulong seed, long epoch, long position, int attempt = 0)
    {
        ulong mixed = Mix(Mix(Mix(Mix(seed) ^ (ulong)epoch) ^ (ulong)position) ^ (ulong)attempt);
        _s0 = Mix(mixed);
        _s1 = Mix(mixed += Golden);
        _s2 = Mix(mixed += Golden);
        _s3 = Mix(mixed + Golden);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 to <paramref name="limit"/> - 1, evenly (the bias is below limit / 2^64).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public long Below(long limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return (long)Math.BigMul(NextUInt64(), (ulong)limit, out _);
    }

    /// <summary>True in half of the calls.</summary>
    public bool Coin() => (NextUInt64() >> 63) != 0;

    /// <summary>splitmix64's step and finalizer: a bijection of 64 bits that scatters neighbouring values.</summary>
    internal static ulong Mix(ulong value)
    {
        value += Golden;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
