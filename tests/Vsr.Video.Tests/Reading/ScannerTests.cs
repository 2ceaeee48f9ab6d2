using CsCheck;

namespace Vsr.Video.Tests.Reading;

/// <summary>The parts that read packets without decoding.</summary>
public class ScannerTests
{
    [Fact]
    public void Exp_golomb_numbers_are_read_as_written() => Gen.Int[0, 100_000].Array[1, 20].Sample(values =>
    {
        List<bool> bits = [];
        foreach (int value in values)
        {
            int length = 32 - int.LeadingZeroCount(value + 1);
            bits.AddRange(Enumerable.Repeat(false, length - 1));
            bits.AddRange(Enumerable.Range(0, length).Select(i => (((value + 1) >> (length - 1 - i)) & 1) == 1));
        }

        byte[] bytes = new byte[(bits.Count + 7) / 8];
        for (int i = 0; i < bits.Count; i++)
        {
            bytes[i / 8] |= (byte)(bits[i] ? 128 >> (i % 8) : 0);
        }

        BitReader reader = new(bytes);
        foreach (int value in values)
        {
            Assert.Equal(value, reader.ReadUnsignedExpGolomb());
        }
    });

    [Fact]
    public void Units_with_start_codes_and_with_lengths_are_the_same() => Gen.Byte[4, 255].Array[2, 30].Array[1, 8].Sample(units =>
    {
        byte[] startCodes = [.. units.SelectMany(unit => (byte[])[0, 0, 1, .. unit])];
        byte[] lengths = [.. units.SelectMany(unit => (byte[])[0, (byte)unit.Length, .. unit])];
        Assert.Equal(units, Walk(startCodes, 0, out bool broken));
        Assert.False(broken);
        Assert.Equal(units, Walk(lengths, 2, out broken));
        Assert.False(broken);
        Walk(lengths[..^1], 2, out broken);
        Assert.True(broken);
    });

    [Fact]
    public void Pictures_come_out_by_order_count_within_a_group()
    {
        FrameOrder order = new(reorders: true);
        int packet = 0;
        foreach (int count in new[] { 0, 8, 4, 2, 6 })
        {
            order.Add(packet++, count, isHidden: count == 4, beginsGroup: count == 0);
        }

        order.Add(packet++, 0, isHidden: false, beginsGroup: true);
        order.Add(packet, -2, isHidden: false, beginsGroup: false);
        Assert.Equal([0, 3, 4, 1, 6, 5], order.Finish());
        Assert.Null(order.Doubt);
    }

    [Fact]
    public void Order_counts_that_repeat_or_jump_are_doubted()
    {
        FrameOrder repeats = new(reorders: true);
        repeats.Add(0, 4, false, true);
        repeats.Add(1, 4, false, false);
        repeats.Finish();
        Assert.NotNull(repeats.Doubt);
        FrameOrder jumps = new(reorders: true);
        for (int i = 0; i < 40; i++)
        {
            jumps.Add(i, i < 20 ? 100 + i : i, false, i == 0); // the counts start anew without a key frame
        }

        jumps.Finish();
        Assert.NotNull(jumps.Doubt);
    }

    private static List<byte[]> Walk(byte[] data, int lengthBytes, out bool broken)
    {
        List<byte[]> found = [];
        NalUnits units = new(data, lengthBytes);
        while (units.Next(out ReadOnlySpan<byte> unit))
        {
            found.Add(unit.ToArray());
        }

        broken = units.IsBroken;
        return found;
    }
}
