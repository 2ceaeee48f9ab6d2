namespace Vsr.Models.PyTorch;

/// <summary>A dict or OrderedDict: keys are texts, whole numbers and truth values; none comes twice.</summary>
internal sealed class PickleDictionary
{
    private OrderedDictionary<object, object?>? _items;      // most dicts of a hostile file are empty

    /// <summary>The pairs in their order.</summary>
    public IReadOnlyList<KeyValuePair<object, object?>> Items => _items is null ? [] : _items;

    /// <summary>The value of a key that is a text; null when there is none.</summary>
    public object? Find(string key) => _items?.GetValueOrDefault(key);

    /// <exception cref="FormatException">The key is of another kind, too long, or there already.</exception>
    public void Add(object? key, object? value)
    {
        object plain = key switch
        {
            string or PickleBytes => PickleText.Of(key, "a key"),
            long or bool => key,
            _ => throw new FormatException($"a key that is {PickleText.KindOf(key)}; read are texts and whole numbers"),
        };
        _items ??= new OrderedDictionary<object, object?>(KeyComparer.Instance);
        if (!_items.TryAdd(plain, value))
        {
            throw new FormatException($"the key {PickleText.Quote(plain)} comes twice");
        }
    }

    // A long's own hash code folds its halves, so that a file could choose a million keys of one hash code.
    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static KeyComparer Instance { get; } = new();

        bool IEqualityComparer<object>.Equals(object? x, object? y) => Equals(x, y);

        int IEqualityComparer<object>.GetHashCode(object key) =>
            key is long number ? HashCode.Combine((int)number, (int)(number >> 32)) : key.GetHashCode();
    }
}
