namespace Vsr.Interop.LibTorch;

/// <summary>The process-wide settings in at::Context that TorchSharp does not show; no stable interface: C++ names.</summary>
internal sealed unsafe class ContextApi
{
    private readonly delegate* unmanaged<nint> _context;
    private readonly delegate* unmanaged<nint, byte, void> _setBenchmark;
    private readonly delegate* unmanaged<nint, byte> _benchmark;
    private readonly delegate* unmanaged<nint, byte, void> _setDeterministic;
    private readonly delegate* unmanaged<nint, byte> _deterministic;

    private ContextApi(SymbolLookup symbols)
    {
        _context = (delegate* unmanaged<nint>)symbols.Require("_ZN2at13globalContextEv");
        _setBenchmark = (delegate* unmanaged<nint, byte, void>)symbols.Require("_ZN2at7Context17setBenchmarkCuDNNEb");
        _benchmark = (delegate* unmanaged<nint, byte>)symbols.Require("_ZNK2at7Context14benchmarkCuDNNEv");
        _setDeterministic = (delegate* unmanaged<nint, byte, void>)symbols.Require("_ZN2at7Context21setDeterministicCuDNNEb");
        _deterministic = (delegate* unmanaged<nint, byte>)symbols.Require("_ZNK2at7Context18deterministicCuDNNEv");
    }

    public bool CudnnBenchmark
    {
        get => _benchmark(_context()) != 0;
        set => _setBenchmark(_context(), value ? (byte)1 : (byte)0);
    }

    public bool CudnnDeterministic
    {
        get => _deterministic(_context()) != 0;
        set => _setDeterministic(_context(), value ? (byte)1 : (byte)0);
    }

    public static ContextApi? TryBind(SymbolLookup symbols)
    {
        ContextApi api = new(symbols);
        return symbols.IsComplete ? api : null;
    }
}
