using System.Buffers.Binary;

namespace Vsr.Models.PyTorch;

/// <summary>A NumPy dtype of one number, and scalars of it as plain numbers.</summary>
/// <param name="code">The kind and the bytes, as "f8"; a byte order may stand before.</param>
internal sealed class NumpyDtype(string code)
{
    private readonly string _code = code is ['<' or '|' or '=', .. var rest] ? rest : code;

    /// <summary>The dtype of arguments (code, align, copy).</summary>
    /// <exception cref="FormatException">It is no dtype of one number.</exception>
    public static NumpyDtype Create(IReadOnlyList<object?> arguments)
    {
        string code = arguments is [var text, bool or long, bool or long] ? PickleText.Of(text, "a NumPy dtype") : "";
        NumpyDtype dtype = new(code);
        return dtype.Bytes > 0
            ? dtype
            : throw new FormatException($"the NumPy dtype {PickleText.Quote(code)}; read are little-endian numbers");
    }

    /// <summary>Takes the state that NumPy writes: version, byte order and what only structures have.</summary>
    /// <exception cref="FormatException">The dtype is big-endian or a structure.</exception>
    public static void RequirePlain(object? state)
    {
        if (state is not PickleTuple { Items: [long, var order, null, null, null, ..] }
            || PickleText.Of(order, "a byte order") is not ("<" or "|" or "="))
        {
            throw new FormatException("a NumPy dtype that is big-endian or a structure");
        }
    }

    /// <summary>The number of a scalar: long, ulong, double or bool.</summary>
    /// <exception cref="FormatException">The bytes are not as many as the dtype has.</exception>
    public object Read(byte[] bytes)
    {
        if (bytes.Length != Bytes)
        {
            throw new FormatException($"a NumPy scalar {_code} of {bytes.Length} bytes");
        }

        return _code switch
        {
            "f8" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            "f4" => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
            "f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            "i8" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            "i4" => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            "i2" => (long)BinaryPrimitives.ReadInt16LittleEndian(bytes),
            "i1" => (long)(sbyte)bytes[0],
            "u8" => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            "u4" => (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            "u2" => (long)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            "u1" => (long)bytes[0],
            _ => bytes[0] <= 1 ? bytes[0] == 1 : throw new FormatException($"a NumPy truth value of {bytes[0]}"),
        };
    }

    public override string ToString() => _code;

    /// <summary>The bytes of a scalar; 0 when the code is not among those that are read.</summary>
    private int Bytes => _code switch
    {
        "f8" or "i8" or "u8" => 8,
        "f4" or "i4" or "u4" => 4,
        "f2" or "i2" or "u2" => 2,
        "i1" or "u1" or "b1" => 1,
        _ => 0,
    };
}
