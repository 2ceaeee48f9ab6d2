using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>Writes pickles opcode by opcode, as old PyTorch and Python 2 did, and as nobody should.</summary>
internal sealed class PickleBuilder
{
    private readonly List<byte> _bytes = [];

    public PickleBuilder() => Raw(0x80, 2);

    public int Length => _bytes.Count;

    /// <summary>The pickle, ended.</summary>
    public byte[] End() => [.. _bytes, (byte)'.'];

    public PickleBuilder Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Opcodes that are letters.</summary>
    public PickleBuilder Op(string opcodes) => Raw(Encoding.Latin1.GetBytes(opcodes));

    public PickleBuilder Global(string module, string name) => Op($"c{module}\n{name}\n");

    /// <summary>A text of Python 3.</summary>
    public PickleBuilder Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Op("X").UInt32((uint)utf8.Length);
        return Raw(utf8);
    }

    /// <summary>A string of Python 2.</summary>
    public PickleBuilder String(string text) => Op("U").Raw((byte)text.Length).Op(text);

    /// <summary>A whole number that fits into 32 bits, or a long of Python 2.</summary>
    public PickleBuilder Int(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            Op("J");
            return UInt32((uint)(int)value);
        }

        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw([0x8A, 8, .. bytes]);
    }

    public PickleBuilder Put(byte index) => Op("q").Raw(index);

    public PickleBuilder Get(byte index) => Op("h").Raw(index);

    public PickleBuilder Ints(params long[] values)
    {
        Op("(");
        foreach (long value in values)
        {
            Int(value);
        }

        return Op("t");
    }

    /// <summary>A storage's persistent id, with view metadata as PyTorch wrote it up to 1.12.</summary>
    public PickleBuilder Storage(string type, string key, long count, (string Key, long Start, long Count)? view = null)
    {
        Op("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Int(count);
        _ = view is { } part ? Op("(").Text(part.Key).Int(part.Start).Int(part.Count).Op("t") : Op("N");
        return Op("tQ");
    }

    /// <summary>A tensor of PyTorch 0.4 and later: what is between stands for its storage.</summary>
    public PickleBuilder Tensor(Func<PickleBuilder, PickleBuilder> storage, long offset, long[] shape, long[] strides)
    {
        storage(Global("torch._utils", "_rebuild_tensor_v2").Op("("));
        return Int(offset).Ints(shape).Ints(strides).Raw(0x89).Global("collections", "OrderedDict").Op(")RtR");
    }

    /// <summary>A dict with one tensor "a" of float32, of a storage "0" of four elements.</summary>
    public PickleBuilder OneTensor(long offset, long[] shape, long[] strides, string type = "FloatStorage", long count = 4) =>
        Op("}").Text("a").Tensor(pickle => pickle.Storage(type, "0", count), offset, shape, strides).Op("s");

    private PickleBuilder UInt32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a pickle of {Length} bytes");
}
