using System.Numerics;

namespace Vsr.Models.PyTorch;

/// <summary>Reads one pickle: a program for a stack machine, of which only what makes plain values is carried out.</summary>
/// <remarks>
/// Opcodes: Python's Lib/pickletools.py. Nothing is looked up by name outside <see cref="IPickleObjects"/>'s list, so no pickle
/// can run code. Everything that is unknown, over a limit (<see cref="PickleLimits"/>) or not as torch.save writes it is a
/// <see cref="FormatException"/> that says where.
/// </remarks>
internal sealed partial class Unpickler
{
    private static readonly object Nothing = new();

    private readonly PickleInput _input;
    private readonly IPickleObjects _objects;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly List<object?> _memo = [];
    private int _remembered;
    private long _opcodeOffset;
    private int _opcodesLeft = PickleLimits.Opcodes;

    private Unpickler(PickleInput input, IPickleObjects objects) => (_input, _objects) = (input, objects);

    /// <summary>Reads the pickle at the input's position; the input is then behind it.</summary>
    /// <returns>bool, long, <see cref="BigInteger"/>, double, string, a container or what the objects make; null for None.</returns>
    /// <exception cref="FormatException">As above.</exception>
    public static object? Read(PickleInput input, IPickleObjects objects)
    {
        input.Begin();
        return new Unpickler(input, objects).Run();
    }

    private object? Run()
    {
        while (true)
        {
            _opcodeOffset = _input.Position;
            PickleOpcode opcode = (PickleOpcode)_input.ReadByte();
            Spend(1);
            try
            {
                if (opcode == PickleOpcode.Stop)
                {
                    return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw new FormatException("an end without one result");
                }

                if (!ReadNumber(opcode) && !ReadText(opcode) && !ReadContainer(opcode) && !ReadMemo(opcode) && !ReadObject(opcode))
                {
                    throw new FormatException(Enum.IsDefined(opcode)
                        ? $"opcode {opcode.ToString().ToUpperInvariant()} (0x{(byte)opcode:x2}), which is not allowed"
                        : $"0x{(byte)opcode:x2}, which is no opcode");
                }
            }
            catch (PlacedFormatException)
            {
                throw;
            }
            catch (FormatException failure)
            {
                throw new PlacedFormatException($"{failure.Message} (at {_input.Place(_opcodeOffset)})", failure);
            }
        }
    }

    private bool ReadNumber(PickleOpcode opcode)
    {
        object? value;
        switch (opcode)
        {
            case PickleOpcode.None: value = null; break;
            case PickleOpcode.NewTrue: value = true; break;
            case PickleOpcode.NewFalse: value = false; break;
            case PickleOpcode.BinInt: value = (long)_input.ReadInt32(); break;
            case PickleOpcode.BinInt1: value = (long)_input.ReadByte(); break;
            case PickleOpcode.BinInt2: value = (long)_input.ReadUInt16(); break;
            case PickleOpcode.Int: value = PickleLiteral.Int(_input.ReadLine()); break;
            case PickleOpcode.Long: value = PickleLiteral.Long(_input.ReadLine().AsSpan()); break;
            case PickleOpcode.Long1: value = PickleLiteral.Long(_input.ReadBytes(_input.ReadByte(), PickleLimits.NumberBytes)); break;
            case PickleOpcode.Long4: value = PickleLiteral.Long(_input.ReadBytes(_input.ReadUInt32(), PickleLimits.NumberBytes)); break;
            case PickleOpcode.Float: value = PickleLiteral.Float(_input.ReadLine()); break;
            case PickleOpcode.BinFloat: value = _input.ReadDoubleBigEndian(); break;
            default: return false;
        }

        Push(value);
        return true;
    }

    private bool ReadText(PickleOpcode opcode)
    {
        object value;
        switch (opcode)
        {
            case PickleOpcode.String: value = PickleLiteral.String(_input.ReadLine()); break;
            case PickleOpcode.Unicode: value = PickleLiteral.Unicode(_input.ReadLine()); break;
            case PickleOpcode.BinString or PickleOpcode.BinBytes: value = new PickleBytes(Bytes(_input.ReadUInt32())); break;
            case PickleOpcode.ShortBinString or PickleOpcode.ShortBinBytes: value = new PickleBytes(Bytes(_input.ReadByte())); break;
            case PickleOpcode.BinUnicode: value = PickleText.Decode(Bytes(_input.ReadUInt32())); break;
            case PickleOpcode.ShortBinUnicode: value = PickleText.Decode(Bytes(_input.ReadByte())); break;
            default: return false;
        }

        Push(value);
        return true;

        byte[] Bytes(uint count) => _input.ReadBytes(count, PickleLimits.StringBytes);
    }

    private bool ReadMemo(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Put: Remember(Index(_input.ReadLine())); return true;
            case PickleOpcode.BinPut: Remember(_input.ReadByte()); return true;
            case PickleOpcode.LongBinPut: Remember(_input.ReadUInt32()); return true;
            case PickleOpcode.Memoize: Remember((uint)_remembered); return true;
            case PickleOpcode.Get: Recall(Index(_input.ReadLine())); return true;
            case PickleOpcode.BinGet: Recall(_input.ReadByte()); return true;
            case PickleOpcode.LongBinGet: Recall(_input.ReadUInt32()); return true;
            default: return false;
        }

        static uint Index(byte[] line) => PickleLiteral.Int(line) is long and >= 0 and <= uint.MaxValue and var index
            ? (uint)index
            : throw new FormatException("a place in the memo that does not exist");
    }

    private void Remember(uint index)
    {
        object? value = Peek();
        if (index >= PickleLimits.Memo)
        {
            throw new FormatException($"memo {index}; there are {PickleLimits.Memo} places");
        }

        while (_memo.Count <= index)
        {
            _memo.Add(Nothing);
        }

        _remembered += _memo[(int)index] == Nothing ? 1 : 0;
        _memo[(int)index] = value;
    }

    private void Recall(uint index) => Push(index < _memo.Count && _memo[(int)index] is var value && value != Nothing
        ? value
        : throw new FormatException($"memo {index}, where nothing was put"));

    private void Push(object? value)
    {
        _stack.Add(value);
        Require(_stack.Count, PickleLimits.Stack, "values on the stack");
    }

    private object? Peek() => _stack.Count > Floor ? _stack[^1] : throw new FormatException("a value is wanted from an empty stack");

    private object? Pop()
    {
        object? value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    /// <summary>Where the values of the last mark begin: those below are out of reach.</summary>
    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    private object?[] PopMarked()
    {
        if (_marks.Count == 0)
        {
            throw new FormatException("a mark is wanted where there is none");
        }

        object?[] values = [.. _stack[Floor..]];
        _stack.RemoveRange(Floor, values.Length);
        _marks.RemoveAt(_marks.Count - 1);
        return values;
    }

    private void Spend(int opcodes)
    {
        _opcodesLeft -= opcodes;
        if (_opcodesLeft < 0)
        {
            throw new PlacedFormatException($"over {PickleLimits.Opcodes} opcodes (at {_input.Place(_opcodeOffset)})");
        }
    }

    private static void Require(int count, int most, string what)
    {
        if (count > most)
        {
            throw new FormatException($"over {most} {what}");
        }
    }
}
