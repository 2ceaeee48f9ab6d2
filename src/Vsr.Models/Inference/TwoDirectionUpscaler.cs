using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Upscales with a <see cref="RecurrentVsr"/> of two directions, in groups of frames.</summary>
/// <remarks>
/// At a group's first frame the states on the way back are computed, from some frames behind the group, which they forget on the way,
/// to that first frame; those of the group are kept until their frames are enlarged. Memory is that of a group, whatever the length
/// of the clip; a clip that fits into one group is enlarged as <see cref="RecurrentVsr.Unroll"/> does.
/// </remarks>
internal sealed class TwoDirectionUpscaler : StreamingUpscaler
{
    /// <summary>Frames of a group.</summary>
    public const int DefaultGroup = 16;

    /// <summary>Frames behind a group that its states on the way back begin with.</summary>
    public const int DefaultOverlap = 8;

    private readonly RecurrentVsr _network;
    private readonly int _group;
    private readonly Stack<Tensor> _opposite = new();       // the next frame's on top
    private RecurrentState _state;

    public TwoDirectionUpscaler(
        RecurrentVsr network, InferenceOptions options, int group = DefaultGroup, int overlap = DefaultOverlap)
        : base(network.Scale, 1, group - 1 + overlap)
    {
        _network = network.CopyForInference(options.Precision);
        _group = group;
    }

    protected override Tensor Enlarge(IReadOnlyList<Tensor> window, int current)
    {
        if (_opposite.Count == 0)
        {
            GoBack(window, current);
        }

        using Tensor opposite = _opposite.Pop();
        return RecurrentUpscaler.Advance(
            _network, window[current], RecurrentUpscaler.Neighbours(window, current, _network.Options.LookAhead), ref _state, opposite);
    }

    protected override void ResetState()
    {
        RecurrentUpscaler.Drop(ref _state);
        while (_opposite.TryPop(out Tensor? state))
        {
            state.Dispose();
        }
    }

    protected override void DisposeNetwork() => _network.Dispose();

    private void GoBack(IReadOnlyList<Tensor> window, int first)
    {
        Tensor? later = null;
        for (int i = Math.Min(window.Count - 1, first + LookAhead); i >= first; i--)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor state = _network
                .FrameBack(window[i], RecurrentUpscaler.Neighbours(window, i, _network.Options.LookAhead), later)
                .DetachFromDisposeScope();
            if (i >= first + _group - 1)
            {
                later?.Dispose();       // behind the group
            }

            later = state;
            if (i < first + _group)
            {
                _opposite.Push(state);
            }
        }
    }
}
