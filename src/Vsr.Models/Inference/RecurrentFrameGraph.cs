using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>One frame of <see cref="RecurrentVsr"/>, any but a clip's first, recorded as a CUDA graph over fixed memory.</summary>
/// <remarks>
/// Inputs and carried state are copied into tensors made before the capture. Neighbours that do not exist at a clip's end
/// are switched off by a factor, so one recording serves all frames.
/// </remarks>
internal sealed class RecurrentFrameGraph : IDisposable
{
    private readonly Recording _recording;
    private readonly Tensor _current;
    private readonly Tensor[] _neighbours;
    private readonly Tensor _exists;
    private readonly Tensor _hidden;
    private readonly Tensor? _previous;     // null where no output is carried
    private readonly Tensor _sr;
    private readonly bool[] _switchedOn;

    /// <summary>Records a frame for frames of a size.</summary>
    /// <param name="network">The network, in evaluation mode; it must outlive the graph.</param>
    /// <param name="current">A frame of the size [1, 3, h, w].</param>
    /// <param name="state">A state that the network returned for a frame of the size.</param>
    /// <param name="record">Records the work.</param>
    public RecurrentFrameGraph(RecurrentVsr network, Tensor current, RecurrentState state, Recorder record)
    {
        int neighbours = 1 + network.Options.LookAhead;
        _current = Keep(current.clone());
        _neighbours = Enumerable.Range(0, neighbours).Select(_ => Keep(current.clone())).ToArray();
        _exists = Keep(ones(neighbours, 1, 1, 1, current.dtype, current.device));
        _switchedOn = Enumerable.Repeat(true, neighbours).ToArray();
        _hidden = Keep(state.Hidden!.clone());
        _previous = state.Previous is { } previous ? Keep(previous.clone()) : null;
        _sr = network.Options.CarriesPicture ? _previous! : Keep(zeros(
            1, 3, current.size(2) * network.Scale, current.size(3) * network.Scale, current.dtype, current.device));
        try
        {
            _recording = record(current.device, () => Step(network));
        }
        catch
        {
            DisposeTensors();
            throw;
        }
    }

    /// <summary>Whether the recording fits frames of this size.</summary>
    public bool Fits(Tensor current) => current.size(2) == _current.size(2) && current.size(3) == _current.size(3);

    /// <summary>Takes the state of a clip's first frame, which ran outside the graph.</summary>
    public void Load(RecurrentState state)
    {
        _hidden.copy_(state.Hidden!);
        _previous?.copy_(state.Previous!);
    }

    /// <summary>Enlarges the next frame of the clip; state is carried inside.</summary>
    /// <returns>[1, 3, S h, S w], a copy that the caller owns.</returns>
    public Tensor Run(Tensor current, Tensor?[] neighbours)
    {
        _current.copy_(current);
        for (int k = 0; k < neighbours.Length; k++)
        {
            bool exists = neighbours[k] is not null;
            if (exists)
            {
                _neighbours[k].copy_(neighbours[k]!);
            }

            if (exists != _switchedOn[k])
            {
                using Tensor factor = _exists.narrow(0, k, 1);
                factor.fill_(exists ? 1 : 0);
                _switchedOn[k] = exists;
            }
        }

        _recording.Replay();
        return _sr.clone();
    }

    public void Dispose()
    {
        _recording.Owner?.Dispose();
        DisposeTensors();
    }

    private void DisposeTensors()
    {
        foreach (Tensor? tensor in (Tensor?[])[_current, .. _neighbours, _exists, _hidden, _previous, _sr])
        {
            tensor?.Dispose();
        }
    }

    private static Tensor Keep(Tensor tensor) => tensor.DetachFromDisposeScope();

    private void Step(RecurrentVsr network)
    {
        using DisposeScope scope = NewDisposeScope();
        RecurrentFrame next = network.Frame(_current, _neighbours, new RecurrentState(_hidden, _previous), _exists);
        _hidden.copy_(next.State.Hidden!);
        _previous?.copy_(next.State.Previous!);
        if (!ReferenceEquals(_sr, _previous))
        {
            _sr.copy_(next.Sr);
        }
    }
}
