namespace Vsr.Data;

/// <summary>
/// A random permutation of 0..n-1 that gives its value at any position in constant time and memory, so an epoch can be entered
/// anywhere without replaying it and millions of windows cost nothing.
/// </summary>
/// <remarks>
/// A Feistel network on a grid of rows x columns, the smallest near-square one that holds n (Black and Rogaway, "Ciphers with
/// arbitrary finite domains", 2002): each round adds a keyed hash of one coordinate to the other, which can be undone, so the
/// whole is a permutation of the grid; values of n and above are walked on until one below n comes (fewer than 1 + 3/sqrt(n)
/// steps on average). Key: (seed, epoch).
/// </remarks>
public sealed class ShuffledOrder
{
    private const int Rounds = 8;
    private readonly ulong _rows;
    private readonly ulong _columns;
    private readonly ulong _key;

    /// <summary>The order of one epoch.</summary>
    /// <param name="count">How many values there are; at least 1.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Epoch, from 0: each has its own order.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public ShuffledOrder(long count, ulong seed, long epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _rows = (ulong)Math.Ceiling(Math.Sqrt(count));
        _columns = ((ulong)count + _rows - 1) / _rows;
        _key = SampleGenerator.Mix(SampleGenerator.Mix(seed) ^ (ulong)epoch ^ 0x6F72646572UL);
    }

    /// <summary>How many values are permuted.</summary>
    public long Count { get; }

    /// <summary>The value at a position: each of 0..Count-1 at exactly one position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not in 0..Count-1.</exception>
    public long this[long position]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(position);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, Count);
            ulong value = (ulong)position;
            do
            {
                value = Permute(value);
            }
            while (value >= (ulong)Count);
            return (long)value;
        }
    }

    private ulong Permute(ulong value)
    {
        (ulong row, ulong column) = (value / _columns, value % _columns);
        for (ulong round = 0; round < Rounds; round++)
        {
            row = (row + SampleGenerator.Mix(_key + 2 * round ^ SampleGenerator.Mix(column)) % _rows) % _rows;
            column = (column + SampleGenerator.Mix(_key + 2 * round + 1 ^ SampleGenerator.Mix(row)) % _columns) % _columns;
        }

        return row * _columns + column;
    }
}
