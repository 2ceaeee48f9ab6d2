using System.Runtime.InteropServices;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Upscales with <see cref="RecurrentVsr"/>, carrying state and previous output from frame to frame.</summary>
/// <remarks>
/// A clip's first frame, which has no history, runs operator by operator. Where CUDA graphs can be recorded, the others
/// replay one recording, made at the second frame of a size. Where recording fails, say because the graph's own memory
/// does not fit beside the rest, all frames run operator by operator.
/// </remarks>
internal sealed class RecurrentUpscaler : StreamingUpscaler
{
    private readonly RecurrentVsr _network;
    private Recorder? _record;
    private RecurrentState _state;
    private RecurrentFrameGraph? _graph;

    public RecurrentUpscaler(RecurrentVsr network, InferenceOptions options, Recorder? record = null)
        : base(network.Scale, 1, network.Options.LookAhead)
    {
        _network = network.CopyForInference(options.Precision);
        _record = record
            ?? (options.UseCudaGraph && CudaGraph.IsAvailable(_network.Device) ? Recording.OfCudaGraph : null);
    }

    public override bool UsesCudaGraph => _graph is not null && _record is not null;

    protected override Tensor Enlarge(IReadOnlyList<Tensor> window, int current)
    {
        Tensor frame = window[current];
        Tensor?[] neighbours = new Tensor?[1 + LookAhead];
        neighbours[0] = current > 0 ? window[current - 1] : null;
        for (int k = 1; k <= LookAhead; k++)
        {
            neighbours[k] = current + k < window.Count ? window[current + k] : null;
        }

        return _record is not null && current > 0 && PrepareRecording(_record, frame)
            ? _graph!.Run(frame, neighbours)
            : Run(frame, neighbours);
    }

    protected override void ResetState() => DropState();

    protected override void DisposeNetwork()
    {
        DropRecording();
        _network.Dispose();
    }

    private Tensor Run(Tensor frame, Tensor?[] neighbours)
    {
        RecurrentState next = _network.Frame(frame, neighbours, _state, out Tensor sr);
        DropState();
        next.Hidden!.DetachFromDisposeScope();
        next.Previous?.DetachFromDisposeScope();
        _state = next;
        return ReferenceEquals(sr, next.Previous) ? sr.clone() : sr;
    }

    /// <summary>Has a recording for the frame's size with this clip's state in it; false when recording fails.</summary>
    private bool PrepareRecording(Recorder record, Tensor frame)
    {
        if (_state.Hidden is null)
        {
            return true;
        }

        try
        {
            if (_graph is null || !_graph.Fits(frame))
            {
                DropRecording();
                _graph = new RecurrentFrameGraph(_network, frame, _state, record);
            }
        }
        catch (Exception failure) when (failure is BackendException or ExternalException)
        {
            _record = null;
            return false;
        }

        _graph.Load(_state);
        DropState();
        return true;
    }

    private void DropRecording()
    {
        _graph?.Dispose();
        _graph = null;
    }

    private void DropState()
    {
        _state.Hidden?.Dispose();
        _state.Previous?.Dispose();
        _state = RecurrentState.Empty;
    }
}
