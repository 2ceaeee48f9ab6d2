using System.Diagnostics;
using System.Globalization;
using Vsr.Models.PyTorch;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>Small files that would cost much: a pickle's time and memory are bounded.</summary>
public class PickleBombTests
{
    [Fact]
    public void OneContainerInManyPlacesIsNoMistakeAndCostsNothing()
    {
        // A list of ten times the list before it, sixty times: 10^60 leaves.
        PickleBuilder pickle = new PickleBuilder().OneTensor(0, [4], [1]).Text("laughs").Op("](N").Op("e").Put(0);
        for (byte i = 0; i < 60; i++)
        {
            pickle.Op("0](");
            for (int j = 0; j < 10; j++)
            {
                pickle.Get(i);
            }

            pickle.Op("e").Put((byte)(i + 1));
        }

        using PyTorchWeights file = HandmadeFile.Open(HandmadeFile.Legacy(pickle.Op("s").End(), ("0", [1, 2, 3, 4])));
        Assert.Equal("a", Assert.Single(file.Entries).Name);
    }

    [Fact]
    public void TensorsWhoseElementsLieFarApartCountAsWhatIsReadForThem()
    {
        const int count = 3_000_000, tensors = 20;
        PickleBuilder pickle = new PickleBuilder().Op("}(");
        for (int i = 0; i < tensors; i++)
        {
            pickle.Text($"t{i}").Tensor(p => p.Storage("FloatStorage", "0", count), 0, [2], [count - 1]);
        }

        Assert.Contains(
            "repeats its elements to over", HandmadeFile.Refusal(HandmadeFile.Legacy(pickle.Op("u").End(), ("0", new float[count]))), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "stack", "values on the stack" },
        { "opcodes", "over 5000000 opcodes" },
        { "bytes", "a pickle of over 67108864 bytes" },
        { "memo", "memo 2000000; there are 2000000 places" },
        { "far memo", "memo 4294967295; there are 2000000 places" },
        { "wide calls", "over 5000000 opcodes" },
        { "many sides", "over 5000000 opcodes" },
        { "colliding keys", "holds no dict of named tensors" },
        { "pairs", "over 5000000 opcodes" },
        { "keys", "over 5000000 opcodes" },
        { "long key", "a key of 1025 characters" },
        { "names", "holds no dict of named tensors" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void BombsEndSoonAndInLittleMemory(string kind, string expected)
    {
        byte[] file = HandmadeFile.Legacy(Bomb(kind).End());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();

        string message = HandmadeFile.Refusal(file);

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.True(allocated < 1L << 30, $"{allocated} bytes");
    }

    private static PickleBuilder Bomb(string kind)
    {
        PickleBuilder pickle = new();
        switch (kind)
        {
            case "stack":
                return pickle.Op(new string('N', 3_000_000));
            case "opcodes":
                return pickle.Op(string.Concat(Enumerable.Repeat("}0", 3_000_000)));
            case "bytes":
                return Repeat(70, i => pickle.Op("X").Raw(0, 0, 0x10, 0).Raw(new byte[1 << 20]).Op("0"));
            case "memo":
                pickle.Op("N");
                return Repeat(2_000_001, i => pickle.Op("r").Raw((byte)i, (byte)(i >> 8), (byte)(i >> 16), 0));
            case "far memo":
                return pickle.Op("Nr").Raw(0xFF, 0xFF, 0xFF, 0xFF);
            case "wide calls":         // a call with very many arguments, again and again
                pickle.Global("torch._utils", "_rebuild_tensor_v2").Put(1).Op("0(").Storage("FloatStorage", "0", 0).Int(0).Ints(0).Ints(0).Raw(0x89).Op("N");
                Repeat(100_000, i => pickle.Op("N"));
                pickle.Op("t").Put(0).Op("0");
                return Repeat(100_000, i => pickle.Get(1).Get(0).Op("R0"));
            case "many sides":         // tensors of 64 sides, all kept
                pickle.Global("torch._utils", "_rebuild_tensor").Put(1).Op("0(").Storage("FloatStorage", "0", 0).Int(0).Ints(new long[64]).Ints(new long[64]).Op("t").Put(0).Op("0](");
                return Repeat(400_000, i => pickle.Get(1).Get(0).Op("R"));
            case "colliding keys":     // whose halves are the same: .NET's own hash code is 0 for all
                pickle.Op("}");
                return Repeat(800_000, i => pickle.Int(((long)(i + 1) << 32) | (uint)(i + 1)).Op("Ns"));
            case "pairs":              // a long list of pairs, given to OrderedDict again and again
                pickle.Op("]").Put(0).Op("(");
                Repeat(1000, i => pickle.Op("](").Text(i.ToString(CultureInfo.InvariantCulture)).Op("Ne"));
                pickle.Op("e0").Global("collections", "OrderedDict").Put(1).Op("0");
                return Repeat(100_000, i => pickle.Get(1).Get(0).Raw(0x85).Op("R0"));
            case "keys":               // a long key, hashed again and again
                pickle.Text(new string('k', 1024)).Put(0).Op("0");
                return Repeat(1_100_000, i => pickle.Op("}").Get(0).Op("Ns0"));
            case "long key":
                return pickle.Op("}").Text(new string('k', 1025)).Op("Ns");
            default:                   // many dicts that each name one large dict without tensors
                pickle.Op("}").Put(0).Op("(");
                Repeat(20_000, i => pickle.Int(i).Op("N"));
                pickle.Op("u0}(");
                Repeat(20_000, i => pickle.Int(i).Op("}").Text("state_dict").Get(0).Op("s"));
                return pickle.Op("u");
        }

        PickleBuilder Repeat(int times, Action<int> append)
        {
            for (int i = 0; i < times; i++)
            {
                append(i);
            }

            return pickle;
        }
    }
}
