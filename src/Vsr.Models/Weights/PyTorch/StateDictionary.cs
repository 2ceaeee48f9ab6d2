using System.Globalization;
using System.Numerics;
using System.Text;

namespace Vsr.Models.PyTorch;

/// <summary>The named tensors of a checkpoint, and the plain values beside them.</summary>
/// <param name="Tensors">The tensors in their order, by name without "module.".</param>
/// <param name="Values">Texts and numbers of the outermost dict, such as epoch and arch, in invariant text.</param>
internal sealed record StateDictionary(
    IReadOnlyList<KeyValuePair<string, PyTorchTensor>> Tensors, IReadOnlyDictionary<string, string> Values)
{
    private const string ParallelPrefix = "module.";
    private const int MostValueCharacters = 1000;
    private const int MostValues = 100;

    // What PyTorch's tutorials, and then what training frameworks for images, call it.
    private static readonly string[] Names = ["state_dict", "model_state_dict", "params_ema", "params", "model"];

    /// <summary>Finds the state dictionary: the object itself, or in it under a usual name, dicts within dicts included.</summary>
    /// <exception cref="FormatException">There is none, or it holds something else than named tensors.</exception>
    public static StateDictionary Of(object? root)
    {
        PickleGraph.Check(root);
        if (root is not PickleDictionary outer)
        {
            throw new FormatException($"holds {PickleText.KindOf(root)}, not a dict of named tensors");
        }

        PickleDictionary found = Find(outer) ?? throw new FormatException(
            $"holds no dict of named tensors; its keys are {string.Join(", ", outer.Items.Take(20).Select(pair => PickleText.Quote(pair.Key)))}");
        return new StateDictionary(WithoutPrefix(NamedTensors(found)), PlainValues(outer));
    }

    private static PickleDictionary? Find(PickleDictionary outer)
    {
        Queue<PickleDictionary> waiting = new([outer]);
        Dictionary<PickleDictionary, bool> seen = new() { [outer] = HasTensors(outer) };
        while (waiting.TryDequeue(out PickleDictionary? dictionary))
        {
            foreach (PickleDictionary inner in dictionary.Items.Select(pair => pair.Value).OfType<PickleDictionary>())
            {
                if (seen.TryAdd(inner, false))
                {
                    seen[inner] = HasTensors(inner);
                    waiting.Enqueue(inner);
                }
            }

            if (Names.Select(dictionary.Find).OfType<PickleDictionary>().FirstOrDefault(inner => seen[inner]) is { } named)
            {
                return named;
            }

            if (dictionary == outer && seen[outer])
            {
                return outer;
            }
        }

        return null;
    }

    private static bool HasTensors(PickleDictionary dictionary) =>
        dictionary.Items.Any(pair => pair is { Key: string, Value: PyTorchTensor });

    private static List<KeyValuePair<string, PyTorchTensor>> NamedTensors(PickleDictionary dictionary)
    {
        List<KeyValuePair<string, PyTorchTensor>> tensors = [];
        HashSet<object> visited = new(ReferenceEqualityComparer.Instance);
        foreach ((object key, object? value) in dictionary.Items)
        {
            if (value is PyTorchTensor tensor)
            {
                tensors.Add(key is string name
                    ? KeyValuePair.Create(name, tensor)
                    : throw new FormatException($"has a tensor under {PickleText.Quote(key)}, which is no name"));
            }
            else if (PickleGraph.HoldsTensor(value, visited))
            {
                throw new FormatException($"has {PickleText.KindOf(value)} with tensors of its own under {PickleText.Quote(key)}, beside named tensors");
            }
        }

        return tensors;
    }

    // DataParallel puts the prefix before every name, once for each time a network is wrapped.
    private static List<KeyValuePair<string, PyTorchTensor>> WithoutPrefix(List<KeyValuePair<string, PyTorchTensor>> tensors)
    {
        int prefixes = tensors.Min(pair => Prefixes(pair.Key));
        return prefixes == 0
            ? tensors
            : [.. tensors.Select(pair => KeyValuePair.Create(pair.Key[(prefixes * ParallelPrefix.Length)..], pair.Value))];

        static int Prefixes(string name)
        {
            int count = 0;
            while (string.CompareOrdinal(name, count * ParallelPrefix.Length, ParallelPrefix, 0, ParallelPrefix.Length) == 0)
            {
                count++;
            }

            return count;
        }
    }

    private static Dictionary<string, string> PlainValues(PickleDictionary outer) => outer.Items
        .Where(pair => pair is { Key: string, Value: string or PickleBytes or long or ulong or double or bool or BigInteger })
        .Select(pair => KeyValuePair.Create((string)pair.Key, PlainValue(pair.Value!)))
        .Where(pair => pair.Value.Length <= MostValueCharacters)
        .Take(MostValues)
        .ToDictionary();

    private static string PlainValue(object value) => value is PickleBytes { Bytes: var bytes }
        ? Encoding.UTF8.GetString(bytes)
        : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
