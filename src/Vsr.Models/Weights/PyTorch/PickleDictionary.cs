namespace Vsr.Models.PyTorch;

/// <summary>A dict or OrderedDict: keys are texts, whole numbers, truth values and floating-point numbers; none comes twice.</summary>
internal sealed class PickleDictionary
{
    private readonly OrderedDictionary<object, object?> _items = [];

    /// <summary>The pairs in their order.</summary>
    public IReadOnlyList<KeyValuePair<object, object?>> Items => _items;

    /// <summary>The value of a key that is a text; null when there is none.</summary>
    public object? Find(string key) => _items.GetValueOrDefault(key);

    /// <exception cref="FormatException">The key is of another kind, too long, or there already.</exception>
    public void Add(object? key, object? value)
    {
        object plain = key switch
        {
            PickleBytes => PickleText.Of(key, "a key"),
            string text => text.Length <= PickleLimits.KeyCharacters
                ? text
                : throw new FormatException($"a key of {text.Length} characters; at most {PickleLimits.KeyCharacters} are read"),
            long or bool or double => key,
            _ => throw new FormatException($"a key that is {PickleText.KindOf(key)}; read are texts and numbers"),
        };
        if (!_items.TryAdd(plain, value))
        {
            throw new FormatException($"the key {PickleText.Quote(plain)} comes twice");
        }
    }
}
