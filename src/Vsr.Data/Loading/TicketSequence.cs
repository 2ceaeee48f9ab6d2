namespace Vsr.Data;

/// <summary>The samples of a shard one after the other, from any state on. Used under the producer's lock.</summary>
internal sealed class TicketSequence
{
    private readonly EpochPlan _epochs;
    private readonly long _windows;
    private readonly bool _shuffle;
    private ShuffledOrder? _order;
    private LoaderState _orderOf;

    public TicketSequence(EpochPlan epochs, long windows, bool shuffle, LoaderState state)
    {
        _epochs = epochs;
        _windows = windows;
        _shuffle = shuffle;
        State = state;
    }

    /// <summary>The sample that comes next.</summary>
    public LoaderState State { get; set; }

    /// <summary>The next sample, for a place of a batch.</summary>
    public SampleTicket Take(int index)
    {
        LoaderState at = State;
        if (_shuffle && (_order is null || _orderOf.Seed != at.Seed || _orderOf.Epoch != at.Epoch))
        {
            _order = new ShuffledOrder(_windows, at.Seed, at.Epoch);
            _orderOf = at;
        }

        State = at.Position + 1 < _epochs.SamplesPerEpoch
            ? at with { Position = at.Position + 1 }
            : at with { Epoch = at.Epoch + 1, Position = 0 };
        return new SampleTicket(
            index, _order, at.Seed, at.Epoch, _epochs.PositionInEpoch(at.Position), _epochs.IsPadding(at.Position));
    }
}
