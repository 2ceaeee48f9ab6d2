using System.Text;

namespace Vsr.Models.PyTorch;

/// <summary>Makes the objects of a checkpoint: tensors, OrderedDict, NumPy's scalars. Collects the storages they name.</summary>
/// <remarks>
/// Sources: torch/serialization.py and torch/_utils.py of PyTorch 0.4 to 2.x. Dictionaries' <c>_metadata</c> and tensors'
/// empty hooks are read and dropped.
/// </remarks>
/// <param name="mostBytes">The bytes that there are for a storage: the file's.</param>
internal sealed class TorchObjects(long mostBytes) : IPickleObjects
{
    private const int EncodedCharacters = 16;

    private readonly Dictionary<string, PyTorchStorage> _storages = [];
    private readonly Dictionary<string, PyTorchStorageView> _views = [];

    /// <summary>The storages by key.</summary>
    public IReadOnlyDictionary<string, PyTorchStorage> Storages => _storages;

    public PickleGlobal? Find(string name) => TorchGlobals.Find(name);

    public object? Call(PickleGlobal global, IReadOnlyList<object?> arguments) => (global.Kind, arguments) switch
    {
        (PickleGlobalKind.OrderedDict, []) => new PickleDictionary(),
        (PickleGlobalKind.OrderedDict, [PickleList pairs]) => Ordered(pairs),
        (PickleGlobalKind.RebuildTensor, [PyTorchStorageView view, long offset, PickleTuple shape, PickleTuple strides]) =>
            new PyTorchTensor(view, offset, Numbers(shape), Numbers(strides)),
        (PickleGlobalKind.RebuildTensorV2, [PyTorchStorageView view, long offset, PickleTuple shape, PickleTuple strides, bool, var hooks, ..])
            when AreEmpty(hooks, arguments.Skip(6)) => new PyTorchTensor(view, offset, Numbers(shape), Numbers(strides)),
        (PickleGlobalKind.RebuildParameter, [PyTorchTensor data, bool, var hooks]) when AreEmpty(hooks, []) => data,
        (PickleGlobalKind.Encode, [string text, var encoding]) => Encode(text, encoding),
        (PickleGlobalKind.NumpyDtype, _) => NumpyDtype.Create(arguments),
        (PickleGlobalKind.NumpyScalar, [NumpyDtype dtype, PickleBytes bytes]) => dtype.Read(bytes.Bytes),
        _ => throw new FormatException(
            $"a call of {global.Name} with ({string.Join(", ", arguments.Take(8).Select(PickleText.KindOf))}), which it does not take"),
    };

    public void Build(object? target, object? state)
    {
        if (target is NumpyDtype)
        {
            NumpyDtype.RequirePlain(state);
        }
        else if (target is not PickleDictionary || state is not PickleDictionary { Items: [{ Key: "_metadata" }] or [] })
        {
            throw new FormatException($"a state for {PickleText.KindOf(target)}; only _metadata of an OrderedDict is read");
        }
    }

    public object Load(object? persistentId)
    {
        IReadOnlyList<object?> id = (persistentId as PickleTuple)?.Items ?? [];
        if (id is not [var kind, PickleGlobal { Storage: { } type }, var key, var place, long count, ..] || id.Count > 6
            || PickleText.Of(kind, "a kind") != "storage")
        {
            throw new FormatException(id is [string or PickleBytes, ..]
                ? $"a persistent {PickleText.Quote(PickleText.Of(id[0], "a kind"))}; only storages are read, not whole modules"
                : "a persistent id that is no storage's");
        }

        _ = PickleText.Of(place, "a storage's place");
        PyTorchStorage storage = Storage(PickleText.Of(key, "a storage's key"), type, count);
        return id is [_, _, _, _, _, { } view] ? View(storage, view) : new PyTorchStorageView(storage, 0, storage.Count);
    }

    private PyTorchStorage Storage(string key, SafetensorsType type, long count)
    {
        if (count < 0 || count > mostBytes / SafetensorsEntry.ElementSize(type))
        {
            throw new FormatException($"a storage of {count} elements in a file of {mostBytes} bytes");
        }

        PyTorchStorage storage = new(key, type, count);
        return _storages.TryAdd(key, storage) || (_storages[key].Type == type && _storages[key].Count == count)
            ? _storages[key]
            : throw new FormatException($"the storage {PickleText.Quote(key)} once of {_storages[key].Count} {_storages[key].Type} and once of {count} {type}");
    }

    private PyTorchStorageView View(PyTorchStorage storage, object metadata)
    {
        if (metadata is not PickleTuple { Items: [var key, long start, long count] }
            || start < 0 || count < 0 || start > storage.Count || count > storage.Count - start)
        {
            throw new FormatException($"a view that is no part of the storage {PickleText.Quote(storage.Key)}");
        }

        PyTorchStorageView view = new(storage, start, count);
        string name = PickleText.Of(key, "a view's key");
        return _views.TryAdd(name, view) || _views[name] == view
            ? view
            : throw new FormatException($"the view {PickleText.Quote(name)} with two meanings");
    }

    private static PickleDictionary Ordered(PickleList pairs)
    {
        PickleDictionary ordered = new();
        foreach (object? pair in pairs.Items)
        {
            IReadOnlyList<object?> items = pair switch { PickleList list => list.Items, PickleTuple tuple => tuple.Items, _ => [] };
            if (items is not [var key, var value])
            {
                throw new FormatException("an OrderedDict of something else than pairs");
            }

            ordered.Add(key, value);
        }

        return ordered;
    }

    private static PickleBytes Encode(string text, object? encoding) =>
        text.Length <= EncodedCharacters && text.All(c => c <= '\u00FF') && PickleText.Of(encoding, "an encoding") is "latin1" or "latin-1"
            ? new PickleBytes(Encoding.Latin1.GetBytes(text))
            : throw new FormatException("a call of _codecs.encode for more than a scalar's bytes");

    private static long[] Numbers(PickleTuple tuple) => tuple.Items.Count <= 1024 && tuple.Items.All(item => item is long)
        ? [.. tuple.Items.Cast<long>()]
        : throw new FormatException("a shape or strides that are no whole numbers");

    // requires_grad's neighbours: hooks, and in later releases metadata. torch.save writes them empty for plain tensors.
    private static bool AreEmpty(object? hooks, IEnumerable<object?> more) =>
        more.Prepend(hooks).All(item => item is null or PickleDictionary { Items.Count: 0 });
}
