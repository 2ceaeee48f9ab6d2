namespace Vsr.Interop.LibTorch;

/// <summary>The process-wide switch in at::Context between fast and deterministic algorithms; no stable interface: C++ names.</summary>
internal sealed unsafe class DeterminismApi
{
    private readonly delegate* unmanaged<nint> _context;
    private readonly delegate* unmanaged<nint, byte, byte, void> _setAlgorithms;
    private readonly delegate* unmanaged<nint, byte> _algorithms;
    private readonly delegate* unmanaged<nint, byte, void> _setFill;

    private DeterminismApi(SymbolLookup symbols)
    {
        _context = (delegate* unmanaged<nint>)symbols.Require("_ZN2at13globalContextEv");
        _setAlgorithms = (delegate* unmanaged<nint, byte, byte, void>)symbols.Require("_ZN2at7Context26setDeterministicAlgorithmsEbb");
        _algorithms = (delegate* unmanaged<nint, byte>)symbols.Require("_ZNK2at7Context23deterministicAlgorithmsEv");
        _setFill = (delegate* unmanaged<nint, byte, void>)symbols.Require("_ZN2at7Context39setDeterministicFillUninitializedMemoryEb");
    }

    public bool IsOn => _algorithms(_context()) != 0;

    /// <summary>Turns it on or off; on, operators without a deterministic algorithm warn and run, and new memory is not filled.</summary>
    public void Set(bool on)
    {
        nint context = _context();
        _setFill(context, 0);      // a guard against reading memory never written: costs time, changes nothing here
        _setAlgorithms(context, on ? (byte)1 : (byte)0, 1);
    }

    public static DeterminismApi? TryBind(SymbolLookup symbols)
    {
        DeterminismApi api = new(symbols);
        return symbols.IsComplete ? api : null;
    }
}
