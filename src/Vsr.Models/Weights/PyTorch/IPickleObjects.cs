namespace Vsr.Models.PyTorch;

/// <summary>What the globals of a pickle mean. All methods throw a <see cref="FormatException"/> for what they do not take.</summary>
internal interface IPickleObjects
{
    /// <summary>The global of a name; null when it is not allowed.</summary>
    PickleGlobal? Find(string name);

    /// <summary>What a call of a global makes.</summary>
    object? Call(PickleGlobal global, IReadOnlyList<object?> arguments);

    /// <summary>Gives an object its state.</summary>
    void Build(object? target, object? state);

    /// <summary>The object of a persistent id.</summary>
    object Load(object? persistentId);
}
