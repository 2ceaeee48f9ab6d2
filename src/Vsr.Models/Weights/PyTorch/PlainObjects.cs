namespace Vsr.Models.PyTorch;

/// <summary>For pickles of plain values, such as a legacy file's header: no global is allowed.</summary>
internal sealed class PlainObjects : IPickleObjects
{
    public static PlainObjects Instance { get; } = new();

    public PickleGlobal? Find(string name) => null;

    public object? Call(PickleGlobal global, IReadOnlyList<object?> arguments) => throw new FormatException($"a call of {global.Name}");

    public void Build(object? target, object? state) => throw new FormatException($"a state for {PickleText.KindOf(target)}");

    public object Load(object? persistentId) => throw new FormatException("a persistent id");
}
