using Vsr.Models.PyTorch;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>What PyTorch before 1.0 and Python 2 wrote, built by hand: nothing of today writes it.</summary>
public class OldPickleTests
{
    private static readonly float[] Values = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void ViewsOfStoragesCountFromTheViewsStart()
    {
        byte[] file = HandmadeFile.Legacy(
            new PickleBuilder().Op("}(")
                .Text("all").Tensor(pickle => pickle.Storage("FloatStorage", "7", 6), 0, [2, 3], [3, 1])
                .Text("part").Tensor(pickle => pickle.Storage("FloatStorage", "7", 6, ("8", 2, 4)), 1, [3], [1])
                .Text("again").Tensor(pickle => pickle.Storage("FloatStorage", "7", 6, ("8", 2, 4)), 0, [2], [3])
                .Op("u").End(),
            ("7", Values));

        Assert.Equal(
            [Float("all", [2, 3], Values), Float("part", [3], [4, 5, 6]), Float("again", [2], [3, 6])], Read(file));
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(-1, 4)]
    [InlineData(2, -1)]
    [InlineData(7, 0)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(1, long.MaxValue)]
    public void AViewThatReachesOutOfItsStorageIsRefused(long start, long count)
    {
        byte[] file = HandmadeFile.Legacy(
            new PickleBuilder().Op("}").Text("a").Tensor(pickle => pickle.Storage("FloatStorage", "7", 6, ("8", start, count)), 0, [1], [1]).Op("s").End(),
            ("7", Values));

        Assert.Contains("a view that is no part of the storage '7'", HandmadeFile.Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void AViewsKeyHasOneMeaning()
    {
        byte[] file = HandmadeFile.Legacy(
            new PickleBuilder().Op("}(")
                .Text("a").Tensor(pickle => pickle.Storage("FloatStorage", "7", 6, ("8", 2, 4)), 0, [1], [1])
                .Text("b").Tensor(pickle => pickle.Storage("FloatStorage", "7", 6, ("8", 2, 3)), 0, [1], [1]).Op("u").End(),
            ("7", Values));

        Assert.Contains("the view '8' with two meanings", HandmadeFile.Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Python2sOrderedDictTakesItsPairsInOneCallAndItsStringsAreKeys()
    {
        byte[] pickle = new PickleBuilder()
            .Op("}(").String("epoch").Raw(0x8A, 1, 9).String("arch").String("FlowNet2SD")
            .String("state_dict").Global("collections", "OrderedDict").Op("](")
            .Op("](").String("module.w").Tensor(p => p.Op("(").String("storage").Global("torch", "FloatStorage").String("7").String("cuda:0").Raw(0x8A, 1, 6).Op("NtQ"), 0, [6], [1]).Op("e")
            .Op("](").String("module.b").Global("torch._utils", "_rebuild_tensor").Op("(").Storage("FloatStorage", "7", 6).Int(4).Ints(2).Ints(1).Op("tRe")
            .Op("e").Raw(0x85).Op("R")
            .Op("}").String("_metadata").Global("collections", "OrderedDict").Op(")Rsb")
            .Op("u").End();
        byte[] file = HandmadeFile.Legacy(pickle, ("7", Values));

        using PyTorchWeights weights = HandmadeFile.Open(file);

        Assert.Equal([Float("w", [6], Values), Float("b", [2], [5, 6])], TorchTensor.AllOf(weights));
        Assert.Equal(("9", "FlowNet2SD"), (weights.Metadata["checkpoint.epoch"], weights.Metadata["checkpoint.arch"]));
    }

    [Fact]
    public void Python2sNumPyScalarsAreNumbers()
    {
        byte[] pickle = new PickleBuilder().Op("}(")
            .String("loss").Global("numpy.core.multiarray", "scalar")
            .Global("numpy", "dtype").String("f8").Int(0).Int(1).Raw(0x87).Op("R").Put(1)
            .Op("(").Int(3).String("<").Op("NNN").Int(-1).Int(-1).Int(0).Op("tb")
            .String("\0\0\0\0\0\0\u00f4?").Raw(0x86).Op("R")
            .String("half").Global("numpy.core.multiarray", "scalar").Global("numpy", "dtype").String("<f2").Int(0).Int(1).Raw(0x87).Op("R").String("\0>").Raw(0x86).Op("R")
            .String("kind").Get(1)
            .Text("a").Tensor(p => p.Storage("FloatStorage", "0", 6), 5, [], []).Op("u").End();

        using PyTorchWeights weights = HandmadeFile.Open(HandmadeFile.Legacy(pickle, ("0", Values)));

        Assert.Equal(("1.25", "1.5"), (weights.Metadata["checkpoint.loss"], weights.Metadata["checkpoint.half"]));
        Assert.Equal([Float("a", [], [6])], TorchTensor.AllOf(weights));
    }

    [Fact]
    public void Protocol0sTextsAndNumbersAreRead()
    {
        byte[] pickle = new PickleBuilder().Op("(dp0\n")
            .Op("S'it\\'s \\x41\\n'\n").Op("L123456789012345678901234567890L\ns")
            .Op("Vm\\u00e9\\U0001F600\n").Op("F-1.5e-08\ns")
            .Op("S\"yes\"\nI01\ns").Op("S'n'\nI-42\ns").Op("S'inf'\nFinf\ns")
            .Op("S'list'\n(lp1\nI1\naI00\nas").Op("S't'\n(I1\ng1\nts")
            .Text("a").Tensor(p => p.Storage("FloatStorage", "0", 6), 0, [1], [1]).Op("s").End();

        using PyTorchWeights weights = HandmadeFile.Open(HandmadeFile.Legacy(pickle, ("0", Values)));

        Dictionary<string, string> expected = new()
        {
            ["checkpoint.it's A\n"] = "123456789012345678901234567890",
            ["checkpoint.mé\U0001F600"] = "-1.5E-08",
            ["checkpoint.yes"] = "True",
            ["checkpoint.n"] = "-42",
            ["checkpoint.inf"] = "Infinity",
        };
        Assert.Equal(expected, weights.Metadata);
    }

    private static TorchTensor[] Read(byte[] file)
    {
        using PyTorchWeights weights = HandmadeFile.Open(file);
        return TorchTensor.AllOf(weights);
    }

    private static TorchTensor Float(string name, long[] shape, float[] values) =>
        new(name, "float32", shape, Convert.ToHexStringLower(HandmadeFile.Data(values)));
}
