using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Upscales with <see cref="RecurrentVsr"/>, carrying state and previous output from frame to frame.</summary>
/// <remarks>
/// A clip's first frame, which has no history, runs operator by operator. Where CUDA graphs can be recorded, the others
/// replay one recording, made at the second frame of a size.
/// </remarks>
internal sealed class RecurrentUpscaler : StreamingUpscaler
{
    private readonly RecurrentVsr _network;
    private readonly Recorder? _record;
    private RecurrentState _state;
    private RecurrentFrameGraph? _graph;

    public RecurrentUpscaler(RecurrentVsr network, InferenceOptions options, Recorder? record = null)
        : base(network.Scale, 1, network.Options.LookAhead)
    {
        _network = network.CopyForInference(options.Precision);
        _record = record
            ?? (options.UseCudaGraph && CudaGraph.IsAvailable(_network.Device) ? Recording.OfCudaGraph : null);
    }

    protected override Tensor Enlarge(IReadOnlyList<Tensor> window, int current)
    {
        Tensor frame = window[current];
        Tensor?[] neighbours = new Tensor?[1 + LookAhead];
        neighbours[0] = current > 0 ? window[current - 1] : null;
        for (int k = 1; k <= LookAhead; k++)
        {
            neighbours[k] = current + k < window.Count ? window[current + k] : null;
        }

        return _record is not null && current > 0 ? Replay(_record, frame, neighbours) : Run(frame, neighbours);
    }

    protected override void ResetState() => DropState();

    protected override void DisposeNetwork()
    {
        _graph?.Dispose();
        _network.Dispose();
    }

    private Tensor Run(Tensor frame, Tensor?[] neighbours)
    {
        RecurrentState next = _network.Frame(frame, neighbours, _state, out Tensor sr);
        DropState();
        next.Hidden!.DetachFromDisposeScope();
        next.Previous!.DetachFromDisposeScope();
        _state = next;
        return ReferenceEquals(sr, next.Previous) ? sr.clone() : sr;
    }

    private Tensor Replay(Recorder record, Tensor frame, Tensor?[] neighbours)
    {
        if (_state.Hidden is not null)
        {
            if (_graph is null || !_graph.Fits(frame))
            {
                _graph?.Dispose();
                _graph = null;
                _graph = new RecurrentFrameGraph(_network, frame, _state, record);
            }

            _graph.Load(_state);
            DropState();
        }

        return _graph!.Run(frame, neighbours);
    }

    private void DropState()
    {
        _state.Hidden?.Dispose();
        _state.Previous?.Dispose();
        _state = RecurrentState.Empty;
    }
}
