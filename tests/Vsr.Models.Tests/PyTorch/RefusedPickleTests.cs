using Vsr.Models.PyTorch;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>What a pickle may not do: every refusal names the global or the opcode and its offset.</summary>
public class RefusedPickleTests
{
    public static TheoryData<byte, string> RefusedOpcodes => new()
    {
        { (byte)'i', "opcode INST (0x69)" },
        { (byte)'o', "opcode OBJ (0x6f)" },
        { (byte)'P', "opcode PERSID (0x50)" },
        { 0x81, "opcode NEWOBJ (0x81)" },
        { 0x82, "opcode EXT1 (0x82)" },
        { 0x83, "opcode EXT2 (0x83)" },
        { 0x84, "opcode EXT4 (0x84)" },
        { 0x8D, "opcode BINUNICODE8 (0x8d)" },
        { 0x8E, "opcode BINBYTES8 (0x8e)" },
        { 0x8F, "opcode EMPTYSET (0x8f)" },
        { 0x90, "opcode ADDITEMS (0x90)" },
        { 0x91, "opcode FROZENSET (0x91)" },
        { 0x92, "opcode NEWOBJEX (0x92)" },
        { 0x96, "opcode BYTEARRAY8 (0x96)" },
        { 0x97, "opcode NEXTBUFFER (0x97)" },
        { 0x98, "opcode READONLYBUFFER (0x98)" },
    };

    [Theory]
    [MemberData(nameof(RefusedOpcodes))]
    public void OpcodesThatMakeObjectsAreRefusedByNameAndOffset(byte opcode, string expected)
    {
        PickleBuilder pickle = new PickleBuilder().Op("}").Raw(opcode);

        Assert.Contains(
            $"{expected}, which is not allowed (at {Place(3)}", Refusal(opcode == (byte)'i' ? pickle.Op("collections\nOrderedDict\n") : pickle),
            StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOtherByteIsReadOrNoOpcode()
    {
        byte[] refused = [.. RefusedOpcodes.Select(row => row.Data.Item1)];
        byte[] unknown = [.. Enumerable.Range(0, 256).Select(value => (byte)value).Where(value => !Enum.IsDefined((PickleOpcode)value))];
        Assert.Equal(256 - 68, unknown.Length);                // pickletools.opcodes has 68
        foreach (byte value in unknown)
        {
            Assert.Contains($"0x{value:x2}, which is no opcode (at {Place(2)}", Refusal(new PickleBuilder().Raw(value)), StringComparison.Ordinal);
        }

        foreach (PickleOpcode opcode in Enum.GetValues<PickleOpcode>().Where(opcode => !refused.Contains((byte)opcode)))
        {
            Assert.DoesNotContain("not allowed", Refusal(new PickleBuilder().Raw((byte)opcode)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("builtins", "dict")]
    [InlineData("__builtin__", "exec")]
    [InlineData("torch", "load")]
    [InlineData("torch", "ComplexFloatStorage")]
    [InlineData("torch", "QInt8Storage")]
    [InlineData("torch._utils", "_rebuild_sparse_tensor")]
    [InlineData("torch._utils", "_rebuild_tensor_v3")]
    [InlineData("torch.nn.modules.conv", "Conv2d")]
    [InlineData("torch", "FloatStorage.from_file")]
    [InlineData("numpy.core.multiarray", "_reconstruct")]
    [InlineData("collections", "defaultdict")]
    [InlineData("_codecs", "decode")]
    [InlineData("argparse", "Namespace")]
    public void GlobalsOutsideTheListAreRefusedByNameAndOffset(string module, string name)
    {
        string expected = $"the global '{module}.{name}', which is not allowed (at ";

        Assert.Contains($"{expected}{Place(3)}", Refusal(new PickleBuilder().Op("}").Global(module, name)), StringComparison.Ordinal);
        Assert.Contains($"{expected}{Place(3)}", Refusal(new PickleBuilder().Op("}").Op($"i{module}\n{name}\n")), StringComparison.Ordinal);
        Assert.Contains(expected, Refusal(new PickleBuilder().Op("}").Text(module).Text(name).Raw(0x93)), StringComparison.Ordinal);
    }

    [Fact]
    public void AGlobalsNameIsShortenedAndSafeOnATerminal()
    {
        string message = Refusal(new PickleBuilder().Global("\u001b[2J", new string('x', 4000)));

        Assert.Contains(@"the global '\u001b[2J.xxx", message, StringComparison.Ordinal);
        Assert.True(message.Length < 300, message);
        Assert.DoesNotContain('\u001b', message);
    }

    [Theory]
    [InlineData("(N", "an end without one result")]
    [InlineData("NN", "an end without one result")]
    [InlineData("", "an end without one result")]
    [InlineData("R", "empty stack")]
    [InlineData("}0s", "empty stack")]
    [InlineData("}N(s", "empty stack")]
    [InlineData("t", "a mark is wanted")]
    [InlineData("(Nd", "a key without a value")]
    [InlineData("Na", "empty stack")]
    [InlineData("NNa", "appended to None")]
    [InlineData("}NNs", "a key that is None")]
    [InlineData("})Ns", "a key that is a tuple")]
    [InlineData("}K\u0001NsK\u0001Ns", "the key '1' comes twice")]
    [InlineData("h\u0007", "memo 7, where nothing was put")]
    [InlineData("g-1\n", "a place in the memo")]
    [InlineData("N)R", "a call of None with a tuple")]
    [InlineData("ccollections\nOrderedDict\nNR", "with None")]
    [InlineData("ccollections\nOrderedDict\n(Ntb", "a state for the global")]
    [InlineData("ccollections\nOrderedDict\n(NtR", "a call of collections.OrderedDict with (None)")]
    [InlineData("ccollections\nOrderedDict\n](Nea\u0085R", "a value is appended")]
    [InlineData("ccollections\nOrderedDict\n](Ne\u0085R", "something else than pairs")]
    [InlineData("ctorch\nFloatStorage\n)R", "a call of torch.FloatStorage with ()")]
    [InlineData("}}b", "")]
    [InlineData("}}U\u0001aNsb", "only _metadata")]
    [InlineData("]}b", "a state for a list")]
    [InlineData("NQ", "a persistent id that is no storage's")]
    [InlineData("(U\u0006moduleNNNtQ", "a persistent 'module'; only storages are read, not whole modules")]
    [InlineData("c_codecs\nencode\nU\u0001aU\u0005utf-8\u0086R", "a call of _codecs.encode")]
    [InlineData("c_codecs\nencode\nV1234567890abcdefg\nVlatin1\n\u0086R", "for more than a scalar's bytes")]
    [InlineData("cnumpy\ndtype\nU\u0002O8I0\nI1\n\u0087R", "the NumPy dtype 'O8'")]
    [InlineData("cnumpy\ndtype\nU\u0003>f8I0\nI1\n\u0087R", "the NumPy dtype '>f8'")]
    [InlineData("cnumpy\ndtype\nU\u0002f8I0\nI1\n\u0087R(I3\nU\u0001>NNNtb", "big-endian or a structure")]
    [InlineData("cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\nU\u0002f8I0\nI1\n\u0087RU\u0001a\u0086R", "a NumPy scalar f8 of 1 bytes")]
    [InlineData("I1_0\n", "for a whole number")]
    [InlineData("I\n", "for a whole number")]
    [InlineData("F1,5\n", "for a floating-point number")]
    [InlineData("Sabc\n", "a string without its quotes")]
    [InlineData("S'\\q'\n", "an escape that Python 2 does not write")]
    [InlineData("S'\\x4'\n", "without its hexadecimal digits")]
    [InlineData("V\\ud800\n", "a character that does not exist")]
    [InlineData("U\u0001\u00ff0}U\u0001\u00ffNs", "no UTF-8")]
    [InlineData("X\u0001\0\0\0\u00ff", "no UTF-8")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "4294967295 bytes for one value")]
    [InlineData("X\u00ff\u00ff\0\0", "cut short: 65535 bytes are wanted")]
    [InlineData("\u008b\0\u00ff\0\0", "65280 bytes for one value")]
    [InlineData("\u0080\u0006", "pickle protocol 6")]
    [InlineData("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "cut short")]
    public void WhatIsNoProperPickleIsRefused(string opcodes, string expected) =>
        Assert.Contains(expected, Refusal(new PickleBuilder().Op(opcodes)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, new long[] { 5 }, new long[] { 1 }, "reaches out of its storage")]
    [InlineData(1, new long[] { 4 }, new long[] { 1 }, "reaches out of its storage")]
    [InlineData(5, new long[] { 0 }, new long[] { 1 }, "reaches out of its storage")]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 3, 1 }, "reaches out of its storage")]
    [InlineData(-1, new long[] { 1 }, new long[] { 1 }, "has a negative number")]
    [InlineData(0, new long[] { -1 }, new long[] { 1 }, "has a negative number")]
    [InlineData(3, new long[] { 2 }, new long[] { -1 }, "has a negative number")]
    [InlineData(long.MaxValue, new long[] { 1 }, new long[] { 1 }, "reaches out of its storage")]
    [InlineData(0, new[] { long.MaxValue }, new long[] { 0 }, "is too large to exist")]
    [InlineData(0, new long[] { 2 }, new[] { long.MaxValue }, "is too large to exist")]
    [InlineData(0, new[] { 1L << 32, 1L << 32 }, new long[] { 0, 0 }, "is too large to exist")]
    [InlineData(0, new[] { 0L, 1L << 32, 1L << 32 }, new long[] { 0, 0, 0 }, "is too large to exist")]
    [InlineData(0, new[] { 3L, long.MaxValue }, new[] { long.MaxValue, long.MaxValue }, "is too large to exist")]
    [InlineData(0, new[] { 1L << 30 }, new long[] { 0 }, "repeats its elements to over 67108864 bytes")]
    [InlineData(0, new long[] { 2 }, new long[] { 1, 1 }, "1 sides and 2 strides")]
    public void AbsurdTensorsAreRefused(long offset, long[] shape, long[] strides, string expected) => Assert.Contains(
        expected, HandmadeFile.Refusal(HandmadeFile.Legacy(new PickleBuilder().OneTensor(offset, shape, strides).End(), ("0", [1, 2, 3, 4]))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(5, "has 4 elements in the storage '0', not 5")]
    [InlineData(-1, "a storage of -1 elements")]
    [InlineData(1L << 40, "a storage of 1099511627776 elements in a file of ")]
    [InlineData(long.MaxValue, "a storage of 9223372036854775807 elements")]
    public void AbsurdStoragesAreRefused(long count, string expected) => Assert.Contains(
        expected, HandmadeFile.Refusal(HandmadeFile.Legacy(new PickleBuilder().OneTensor(0, [1], [1], count: count).End(), ("0", [1, 2, 3, 4]))),
        StringComparison.Ordinal);

    [Fact]
    public void ContainersThatContainThemselvesOrLieTooDeepAreRefused()
    {
        Assert.Contains("a list that contains itself", Refusal(new PickleBuilder().Op("]").Put(0).Get(0).Op("a")), StringComparison.Ordinal);
        Assert.Contains(
            "a dict that contains itself", Refusal(new PickleBuilder().Op("}").Put(0).Text("a").Op("(").Get(0).Op("ts")), StringComparison.Ordinal);
        Assert.Contains("over 100 containers", Refusal(new PickleBuilder().Op(new string(']', 200)).Op(new string('a', 199))), StringComparison.Ordinal);
        Assert.Contains("over 200 marks", Refusal(new PickleBuilder().Op(new string('(', 500))), StringComparison.Ordinal);
    }

    private static string Place(int offsetInPickle) => $"offset {HandmadeFile.LegacyPickleOffset + offsetInPickle}";

    private static string Refusal(PickleBuilder pickle) => HandmadeFile.Refusal(HandmadeFile.Legacy(pickle.End()));
}
