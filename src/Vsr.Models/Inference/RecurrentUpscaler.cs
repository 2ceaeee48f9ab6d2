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
        Tensor?[] neighbours = Neighbours(window, current, LookAhead);
        return _record is not null && current > 0 && PrepareRecording(_record, frame)
            ? _graph!.Run(frame, neighbours)
            : Advance(_network, frame, neighbours, ref _state);
    }

    /// <summary>The frame before and those after; null where there is none.</summary>
    internal static Tensor?[] Neighbours(IReadOnlyList<Tensor> window, int current, int lookAhead)
    {
        Tensor?[] neighbours = new Tensor?[1 + lookAhead];
        neighbours[0] = current > 0 ? window[current - 1] : null;
        for (int k = 1; k <= lookAhead; k++)
        {
            neighbours[k] = current + k < window.Count ? window[current + k] : null;
        }

        return neighbours;
    }

    /// <summary>Enlarges a frame operator by operator and goes on to its state.</summary>
    /// <returns>[1, 3, S h, S w], of the present scope.</returns>
    internal static Tensor Advance(
        RecurrentVsr network, Tensor frame, Tensor?[] neighbours, ref RecurrentState state, Tensor? opposite = null)
    {
        RecurrentState next = network.Frame(frame, neighbours, state, out Tensor sr, opposite);
        Drop(ref state);
        next.Hidden!.DetachFromDisposeScope();
        next.Previous?.DetachFromDisposeScope();
        state = next;
        return ReferenceEquals(sr, next.Previous) ? sr.clone() : sr;
    }

    internal static void Drop(ref RecurrentState state)
    {
        state.Hidden?.Dispose();
        state.Previous?.Dispose();
        state = RecurrentState.Empty;
    }

    protected override void ResetState() => Drop(ref _state);

    protected override void DisposeNetwork()
    {
        DropRecording();
        _network.Dispose();
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
        Drop(ref _state);
        return true;
    }

    private void DropRecording()
    {
        _graph?.Dispose();
        _graph = null;
    }
}
