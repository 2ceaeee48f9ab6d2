using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Upscales with a <see cref="RecurrentVsr"/> of two directions, in groups of frames.</summary>
/// <remarks>
/// At a group's first frame the pass backwards in time runs over the group, from some frames behind it that give it a history; its states
/// are kept until their frames are enlarged. Memory is that of a group, whatever the length of the clip; a clip that fits into one group
/// is enlarged as <see cref="RecurrentVsr.Unroll"/> does. Groups of large frames are shorter, which costs time.
/// </remarks>
internal sealed class TwoDirectionUpscaler : StreamingUpscaler
{
    /// <summary>Frames of a group.</summary>
    public const int DefaultGroup = 32;

    /// <summary>
    /// Frames behind a group that the pass backwards begins with. Details come from far away: of davis_bear's 82 frames 12 cost 0.08 dB against the whole
    /// clip, 32 cost 0.01. Beginning with the state of the pass forwards does not help.
    /// </summary>
    public const int DefaultOverlap = 32;

    /// <summary>Bytes of a group's states: 8 GiB, of at least 8 frames.</summary>
    public const long MostBytes = 8L << 30;

    private const int FewestFrames = 8;

    private readonly RecurrentVsr _network;
    private readonly int _group;
    private readonly int _overlap;
    private readonly CancellationToken _cancellation;
    private readonly Stack<Tensor> _backwards = new();      // the next frame's on top
    private RecurrentState _state;

    public TwoDirectionUpscaler(
        RecurrentVsr network, InferenceOptions options, int group = DefaultGroup, int overlap = DefaultOverlap)
        : base(network.Scale, Math.Max(1, network.Options.LookAhead), group - 1 + overlap)
    {
        _network = network.CopyForInference(options.Precision);
        _group = group;
        _overlap = overlap;
        _cancellation = options.Cancellation;
    }

    public override int GroupSize => _group;

    /// <summary>The frames of a group for states of a size.</summary>
    /// <param name="most">No more than these.</param>
    /// <param name="stateBytes">Of one frame.</param>
    internal static int GroupFor(int most, long stateBytes) => (int)Math.Min(most, Math.Max(FewestFrames, MostBytes / stateBytes));

    protected override Tensor Enlarge(IReadOnlyList<Tensor> window, int current)
    {
        if (_backwards.Count == 0)
        {
            PassBackwards(window, current);
        }

        Tensor frame = window[current];
        using Tensor later = _backwards.Pop();
        RecurrentFrame onwards = RecurrentUpscaler.Advance(
            _network, frame, RecurrentUpscaler.Neighbours(window, current, _network.Options.LookAhead), ref _state);
        return _network.Blend(
            frame, _network.EnlargedFor(frame), (onwards.State.Hidden!, onwards.Residual), (later, _network.ResidualOf(later)));
    }

    protected override void ResetState()
    {
        RecurrentUpscaler.Drop(ref _state);
        DropGroup();
    }

    protected override void DisposeNetwork() => _network.Dispose();

    private void PassBackwards(IReadOnlyList<Tensor> window, int first)
    {
        int group = GroupFor(_group, _network.StateBytes(window[first]));
        RecurrentState state = RecurrentState.Empty;
        try
        {
            for (int i = Math.Min(window.Count - 1, first + group - 1 + _overlap); i >= first; i--)
            {
                _cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                Tensor?[] neighbours = RecurrentUpscaler.Neighbours(window, i, _network.Options.LookAhead, direction: -1);
                RecurrentUpscaler.Advance(_network, window[i], neighbours, ref state);
                if (i < first + group)
                {
                    _backwards.Push(state.Hidden!.alias().DetachFromDisposeScope());        // the state itself goes with the next frame
                }
            }
        }
        catch
        {
            DropGroup();        // these are not the states of the frames that come next
            throw;
        }
        finally
        {
            RecurrentUpscaler.Drop(ref state);
        }
    }

    private void DropGroup()
    {
        while (_backwards.TryPop(out Tensor? state))
        {
            state.Dispose();
        }
    }
}
