using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Upscales with <see cref="RecurrentVsr"/>, carrying state and previous output from frame to frame.</summary>
internal sealed class RecurrentUpscaler : StreamingUpscaler
{
    private readonly RecurrentVsr _network;
    private RecurrentState _state;

    public RecurrentUpscaler(RecurrentVsr network, InferenceOptions options)
        : base(network.Scale, 1, network.Options.LookAhead) =>
        _network = network.CopyForInference(options.Precision);

    protected override Tensor Enlarge(IReadOnlyList<Tensor> window, int current)
    {
        Tensor?[] neighbours = new Tensor?[1 + LookAhead];
        neighbours[0] = current > 0 ? window[current - 1] : null;
        for (int k = 1; k <= LookAhead; k++)
        {
            neighbours[k] = current + k < window.Count ? window[current + k] : null;
        }

        RecurrentState next = _network.Frame(window[current], neighbours, _state, out Tensor sr);
        DisposeState();
        next.Hidden!.DetachFromDisposeScope();
        next.Previous!.DetachFromDisposeScope();
        _state = next;
        return ReferenceEquals(sr, next.Previous) ? sr.clone() : sr;
    }

    protected override void ResetState() => DisposeState();

    protected override void DisposeNetwork() => _network.Dispose();

    private void DisposeState()
    {
        _state.Hidden?.Dispose();
        _state.Previous?.Dispose();
        _state = RecurrentState.Empty;
    }
}
