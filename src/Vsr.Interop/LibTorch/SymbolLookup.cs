namespace Vsr.Interop.LibTorch;

/// <summary>Looks up the exported functions that one piece of the bridge needs, and notes those that are missing.</summary>
internal sealed class SymbolLookup(LibTorchModules modules)
{
    private readonly List<string> _missing = [];

    /// <summary>The symbols that were asked for and that no loaded library exports.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public bool IsComplete => _missing.Count == 0;

    /// <summary>The function's address; 0, and a note, when it is missing.</summary>
    public nint Require(string symbol)
    {
        nint address = modules.Find(symbol);
        if (address == 0)
        {
            _missing.Add(symbol);
        }

        return address;
    }
}
