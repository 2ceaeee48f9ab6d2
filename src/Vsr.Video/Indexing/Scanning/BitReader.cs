namespace Vsr.Video;

/// <summary>Reads bits from the most significant on; past the end it reads zeros.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    /// <summary>The next bits as a number; at most 31.</summary>
    public int Read(int count)
    {
        int value = 0;
        for (int i = 0; i < count; i++, _position++)
        {
            int bytePosition = _position >> 3;
            int bit = bytePosition < _data.Length ? (_data[bytePosition] >> (7 - (_position & 7))) & 1 : 0;
            value = (value << 1) | bit;
        }

        return value;
    }

    /// <summary>Passes over bits.</summary>
    public void Skip(int count) => _position += count;

    /// <summary>An unsigned Exp-Golomb number, ue(v) of ITU-T H.264, 9.1; -1 where there is none.</summary>
    public int ReadUnsignedExpGolomb()
    {
        const int mostZeros = 24;
        int zeros = 0;
        while (Read(1) == 0)
        {
            if (++zeros > mostZeros)
            {
                return -1;
            }
        }

        return (1 << zeros) - 1 + Read(zeros);
    }
}
