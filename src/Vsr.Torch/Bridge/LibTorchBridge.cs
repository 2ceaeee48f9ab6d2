using Vsr.Interop.LibTorch;

namespace Vsr.Torch.Bridge;

/// <summary>The parts of libtorch that TorchSharp does not show, looked up once after loading.</summary>
/// <remarks>A part is null when the loaded libtorch lacks a function that it needs; its user then does without.</remarks>
internal sealed class LibTorchBridge
{
    private readonly List<BridgePiece> _pieces = [];
    private readonly HashSet<string> _told = [];
    private readonly Lock _gate = new();
    private readonly Action<string>? _log;

    public LibTorchBridge(LibTorchModules modules, Action<string>? log)
    {
        _log = log;
        Dispatcher = Bind("operators by name", modules, DispatcherApi.TryBind, "AdamW, lists of tensors and what follows convolutions run operator by operator, gradients of weights frame by frame");
        SymbolLookup deleter = new(modules);
        Blob = Bind("memory as a tensor", modules, symbols => BlobApi.TryBind(symbols, deleter), "frames are copied through the host");
        _pieces.Add(new("release of wrapped memory", deleter.IsComplete, deleter.Missing, "wrapped memory is copied once on the device"));
        Autocast = Bind("autocast", modules, AutocastApi.TryBind, "everything runs in the weights' own precision");
        Context = Bind("cuDNN settings", modules, ContextApi.TryBind, "cuDNN chooses its algorithms without trying them");
        Determinism = Bind(
            "deterministic algorithms", modules, DeterminismApi.TryBind, "only cuDNN is kept to algorithms that do not vary");
        FusedConvolutions = Bind(
            "fused convolutions", modules, FusedConvolutionApi.TryBind, "on the CPU, networks run operator by operator");
        if (modules.HasCuda)
        {
            Streams = Bind("CUDA streams", modules, StreamApi.TryBind, "everything runs on the default stream, without graphs");
            Graphs = Bind("CUDA graphs", modules, GraphApi.TryBind, "every step is launched operator by operator");
        }
    }

    public DispatcherApi? Dispatcher { get; }

    public BlobApi? Blob { get; }

    public AutocastApi? Autocast { get; }

    public ContextApi? Context { get; }

    public DeterminismApi? Determinism { get; }

    public FusedConvolutionApi? FusedConvolutions { get; }

    public StreamApi? Streams { get; }

    public GraphApi? Graphs { get; }

    public IReadOnlyList<BridgePiece> Pieces => _pieces;

    /// <summary>Says once in the log that something runs without a piece.</summary>
    public void NoteMissing(string name) =>
        Note($"libtorch has no {name} here: {_pieces.Find(p => p.Name == name)?.Instead ?? "it needs a GPU"}");

    /// <summary>Says something once in the log.</summary>
    public void Note(string text)
    {
        lock (_gate)
        {
            if (_told.Add(text))
            {
                _log?.Invoke(text);
            }
        }
    }

    /// <summary>Notes whether numbers live as long as operators read them.</summary>
    /// <param name="problem">Why they do not; null when they do.</param>
    public void NoteLifetimeOfNumbers(string? problem) => _pieces.Add(new(
        "lifetime of numbers", problem is null, problem is null ? [] : [problem],
        "rarely, a garbage collection frees a number while an operator reads it"));

    private T? Bind<T>(string name, LibTorchModules modules, Func<SymbolLookup, T?> bind, string instead)
        where T : class
    {
        SymbolLookup symbols = new(modules);
        T? api = bind(symbols);
        _pieces.Add(new(name, api is not null, symbols.Missing, instead));
        return api;
    }
}
