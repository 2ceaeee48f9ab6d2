namespace Vsr.Models.PyTorch;

/// <summary>The opcodes of containers and of objects.</summary>
internal sealed partial class Unpickler
{
    private const int MostProtocol = 5;

    private bool ReadContainer(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark: PushMark(); return true;
            case PickleOpcode.Pop: PopAny(); return true;
            case PickleOpcode.PopMark: PopMarked(); return true;
            case PickleOpcode.Dup: Push(Peek()); return true;
            case PickleOpcode.EmptyTuple: Push(PickleTuple.Empty); return true;
            case PickleOpcode.Tuple1: Push(PopTuple(1)); return true;
            case PickleOpcode.Tuple2: Push(PopTuple(2)); return true;
            case PickleOpcode.Tuple3: Push(PopTuple(3)); return true;
            case PickleOpcode.Tuple: Push(new PickleTuple(PopMarked())); return true;
            case PickleOpcode.EmptyList: Push(new PickleList()); return true;
            case PickleOpcode.List: Push(Extend(new PickleList(), PopMarked())); return true;
            case PickleOpcode.Append: AppendTo([Pop()]); return true;
            case PickleOpcode.Appends: AppendTo(PopMarked()); return true;
            case PickleOpcode.EmptyDict: Push(new PickleDictionary()); return true;
            case PickleOpcode.Dict: Push(Fill(new PickleDictionary(), PopMarked())); return true;
            case PickleOpcode.SetItem: SetItem(); return true;
            case PickleOpcode.SetItems: SetItems(PopMarked()); return true;
            default: return false;
        }
    }

    private bool ReadObject(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global: Push(Global(Line(), Line())); return true;
            case PickleOpcode.StackGlobal: PushStackGlobal(); return true;
            case PickleOpcode.Inst: _ = Global(Line(), Line()); return false;
            case PickleOpcode.Reduce: Call(); return true;
            case PickleOpcode.Build: Build(); return true;
            case PickleOpcode.BinPersId: Push(_objects.Load(Pop())); return true;
            case PickleOpcode.Proto: RequireProtocol(_input.ReadByte()); return true;
            case PickleOpcode.Frame: _input.RequireRest(_input.ReadUInt64()); return true;
            default: return false;
        }

        string Line() => PickleText.Decode(_input.ReadLine());
    }

    private void PushMark()
    {
        _marks.Add(_stack.Count);
        Require(_marks.Count, PickleLimits.Marks, "marks on the stack");
    }

    private void PopAny()
    {
        if (_marks.Count > 0 && _stack.Count == Floor)
        {
            _marks.RemoveAt(_marks.Count - 1);
        }
        else
        {
            Pop();
        }
    }

    private PickleTuple PopTuple(int count)
    {
        object?[] items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            items[i] = Pop();
        }

        return new PickleTuple(items);
    }

    private void AppendTo(object?[] values) =>
        Extend(Peek() as PickleList ?? throw new FormatException($"a value is appended to {PickleText.KindOf(Peek())}"), values);

    private static PickleList Extend(PickleList list, object?[] values)
    {
        list.Items.AddRange(values);
        return list;
    }

    private void SetItem()
    {
        object? value = Pop();
        object? key = Pop();
        SetItems([key, value]);
    }

    private void SetItems(object?[] pairs) =>
        Fill(Peek() as PickleDictionary ?? throw new FormatException($"a key is set in {PickleText.KindOf(Peek())}"), pairs);

    private static PickleDictionary Fill(PickleDictionary dictionary, object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
        {
            throw new FormatException("a key without a value");
        }

        for (int i = 0; i < pairs.Length; i += 2)
        {
            dictionary.Add(pairs[i], pairs[i + 1]);
        }

        return dictionary;
    }

    private PickleGlobal Global(string module, string name)
    {
        string full = $"{module}.{name}";
        return _objects.Find(full) ?? throw new FormatException($"the global {PickleText.Quote(full)}, which is not allowed");
    }

    private void PushStackGlobal()
    {
        string name = PickleText.Of(Pop(), "a global's name");
        Push(Global(PickleText.Of(Pop(), "a global's module"), name));
    }

    private void Call()
    {
        object? arguments = Pop();
        object? function = Pop();
        if (function is not PickleGlobal global || arguments is not PickleTuple tuple)
        {
            throw new FormatException($"a call of {PickleText.KindOf(function)} with {PickleText.KindOf(arguments)}");
        }

        // A call looks at all it is given, and may be given the same again and again by the memo.
        Spend(tuple.Items.Count);
        foreach (object? argument in tuple.Items)
        {
            Spend(argument switch { PickleTuple inner => inner.Items.Count, PickleList inner => inner.Items.Count, _ => 0 });
        }

        Push(_objects.Call(global, tuple.Items));
    }

    private void Build()
    {
        object? state = Pop();
        _objects.Build(Peek(), state);
    }

    private static void RequireProtocol(byte protocol)
    {
        if (protocol > MostProtocol)
        {
            throw new FormatException($"pickle protocol {protocol}; read are 0 to {MostProtocol}");
        }
    }
}
