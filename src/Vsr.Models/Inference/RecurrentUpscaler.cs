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
            : Advance(frame, neighbours);
    }

    /// <summary>A frame's neighbours in a pass: the one before and those after; null where there is none.</summary>
    /// <param name="window">Frames in order.</param>
    /// <param name="current">The frame.</param>
    /// <param name="lookAhead">How many after it.</param>
    /// <param name="direction">1, or -1 in a pass backwards in time.</param>
    internal static Tensor?[] Neighbours(IReadOnlyList<Tensor> window, int current, int lookAhead, int direction = 1)
    {
        return [At(-1), .. Enumerable.Range(1, lookAhead).Select(At)];

        Tensor? At(int distance)
        {
            int index = current + (direction * distance);
            return index >= 0 && index < window.Count ? window[index] : null;
        }
    }

    /// <summary>A frame operator by operator; its state takes the place of the one before's, and is nobody's scope's.</summary>
    /// <returns>Of the present scope but for the state.</returns>
    internal static RecurrentFrame Advance(RecurrentVsr network, Tensor frame, Tensor?[] neighbours, ref RecurrentState state)
    {
        RecurrentFrame next = network.Frame(frame, neighbours, state);
        Drop(ref state);
        next.State.Hidden!.DetachFromDisposeScope();
        next.State.Previous?.DetachFromDisposeScope();
        state = next.State;
        return next;
    }

    internal static void Drop(ref RecurrentState state)
    {
        state.Hidden?.Dispose();
        state.Previous?.Dispose();
        state = RecurrentState.Empty;
    }

    protected override void ResetState() => Drop(ref _state);

    private Tensor Advance(Tensor frame, Tensor?[] neighbours)
    {
        Tensor sr = Advance(_network, frame, neighbours, ref _state).Sr;
        return ReferenceEquals(sr, _state.Previous) ? sr.clone() : sr;
    }

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
