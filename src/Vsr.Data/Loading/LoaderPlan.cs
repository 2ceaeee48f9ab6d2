namespace Vsr.Data;

/// <summary>What a loader delivers, before a byte is read: the windows, the length of an epoch, the shape of a batch.</summary>
/// <remarks>Immutable. The same for every loader of the same clips and options, wherever it decodes.</remarks>
internal sealed class LoaderPlan
{
    /// <summary>Checks options and clips.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="VsrException">No clip is long enough, a crop does not fit, or the windows do not fill a batch; or the clips have no such colour.</exception>
    public LoaderPlan(IClipSource source, SequenceLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Source = source;
        Options = options;
        RequireColor();
        Planner = new SamplePlanner(source, options);
        Epochs = new EpochPlan(TotalWindows, options.Shard, options.ShardCount, options.BatchSize, options.EpochEnd);
        RequireSamples();
        SampleShape = [options.Frames, options.Channels, Planner.CropHeight, Planner.CropWidth];
        BatchShape = options.Layout == BatchLayout.FramesFirst
            ? [options.BatchSize, options.Frames, options.Channels, Planner.CropHeight, Planner.CropWidth]
            : [options.BatchSize, options.Channels, options.Frames, Planner.CropHeight, Planner.CropWidth];
    }

    public IClipSource Source { get; }

    public SequenceLoaderOptions Options { get; }

    public SamplePlanner Planner { get; }

    public EpochPlan Epochs { get; }

    /// <summary>Windows of all clips, over all shards.</summary>
    public long TotalWindows => Planner.Windows.Count;

    /// <summary>Samples that this shard delivers an epoch.</summary>
    public long WindowsPerEpoch => Epochs.SamplesPerEpoch;

    /// <summary>T, C, H, W, whatever the layout.</summary>
    public long[] SampleShape { get; }

    /// <summary>N, T, C, H, W or N, C, T, H, W.</summary>
    public long[] BatchShape { get; }

    /// <summary>Where a loader begins.</summary>
    public LoaderState Start => new(Options.Seed, 0, 0);

    /// <summary>A saved state as the one that follows: the end of an epoch is the beginning of the next.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public LoaderState Checked(LoaderState state)
    {
        if (state.Epoch < 0 || state.Position < 0 || state.Position > WindowsPerEpoch)
        {
            throw new ArgumentOutOfRangeException(nameof(state), state,
                $"position {state.Position} of epoch {state.Epoch} does not exist, an epoch has {WindowsPerEpoch} samples; restore "
                + "with the clips and options the state was saved with");
        }

        return state.Position == WindowsPerEpoch ? state with { Epoch = state.Epoch + 1, Position = 0 } : state;
    }

    private void RequireColor()
    {
        if (!Source.Delivers(Options.Color))
        {
            throw new VsrException($"the clips cannot be delivered as {Options.Color}")
            {
                Hint = "frames held in memory are RGB: read the clips from their files instead, or ask for RGB",
            };
        }
    }

    private void RequireSamples()
    {
        if (WindowsPerEpoch == 0)
        {
            throw new VsrException($"the {TotalWindows} windows of the clips do not fill one batch of {Options.BatchSize} for each of "
                + $"{Options.ShardCount} shards")
            {
                Hint = "use a smaller batch, fewer shards, more clips, or batches that go on into the next epoch",
            };
        }
    }
}
