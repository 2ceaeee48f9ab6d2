using System.Buffers.Binary;
using Vsr.Tests;

namespace Vsr.Data.Tests.Flow;

public sealed class FloFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("a.flo");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_to_the_bit()
    {
        FlowField flow = new(5, 3);
        for (int i = 0; i < flow.Values.Length; i++)
        {
            flow.Values[i] = MathF.Sin(i) * MathF.Pow(10, (i % 9) - 4);
        }

        flow[4, 2] = (float.NaN, 2e9f);
        FloFile.Write(File, flow);
        FloFile.Write(File, flow);
        FlowField back = FloFile.Read(File);

        Assert.Equal((5, 3), (back.Width, back.Height));
        Assert.Equal(Bits(flow), Bits(back));
        Assert.Equal([File], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Bytes_are_those_of_the_format()
    {
        FlowField flow = new(2, 1);
        flow[0, 0] = (1.5f, -2);
        flow[1, 0] = (0, 3);
        FloFile.Write(File, flow);

        // "PIEH", 2, 1, then 1.5, -2, 0, 3 as IEEE 754 of 32 bits, the low byte first
        Assert.Equal(
            "50494548" + "02000000" + "01000000" + "0000C03F" + "000000C0" + "00000000" + "00004040",
            Convert.ToHexString(System.IO.File.ReadAllBytes(File)));
    }

    [Fact]
    public void The_shared_flows_are_read()
    {
        FlowField flow = FloFile.Read(SharedData.Require("flow/0000000-gt.flo"));

        Assert.Equal((512, 384), (flow.Width, flow.Height));
        Assert.InRange(flow.LongestPixels(), 77.9, 78.0);
    }

    [Theory]
    [InlineData(0, 1, 0, "from 1 to 16384")]
    [InlineData(1, -1, 0, "from 1 to 16384")]
    [InlineData(16385, 1, 0, "from 1 to 16384")]
    [InlineData(int.MaxValue, int.MaxValue, 0, "from 1 to 16384")]
    [InlineData(16384, 16384, 64, "2147483660")]
    [InlineData(2, 2, 31, "has 44")]
    [InlineData(2, 2, 33, "has 44")]
    public void Sizes_that_the_file_does_not_hold_are_refused(int width, int height, int rest, string reason)
    {
        byte[] bytes = new byte[12 + rest];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, 202021.25f);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), height);
        System.IO.File.WriteAllBytes(File, bytes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        VsrException failure = Assert.Throws<VsrException>(() => FloFile.Read(File));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("a.flo", failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PIEH")]
    [InlineData("PIEHxxxx")]
    [InlineData("HEIPxxxxxxxxxxxxxxxx")]
    [InlineData("\u0089PNG and so on and so on")]
    public void Another_file_is_refused(string text)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.Contains("is no .flo file", Assert.Throws<VsrException>(() => FloFile.Read(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_opened_are_named()
    {
        Assert.Contains("missing.flo", Assert.Throws<VsrException>(() => FloFile.Read(_folder.File("missing.flo"))).Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, Assert.Throws<VsrException>(() => FloFile.Read(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<VsrException>(() => FloFile.Write(_folder.File("none/a.flo"), new FlowField(1, 1)));
        Assert.Throws<ArgumentException>(() => FloFile.Write(File, new FlowField(16385, 1)));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_pixel_outside_is_misuse()
    {
        FlowField flow = new(3, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => flow[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => flow[0, -1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowField(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowField(int.MaxValue, int.MaxValue));
    }

    private static int[] Bits(FlowField flow) => flow.Values.ToArray().Select(BitConverter.SingleToInt32Bits).ToArray();
}
