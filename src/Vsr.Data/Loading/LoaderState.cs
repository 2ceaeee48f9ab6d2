namespace Vsr.Data;

/// <summary>Where a loader stands: all that is needed to go on with the next sample, without replaying those before.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Epoch">Epoch of the next sample, from 0.</param>
/// <param name="Position">Samples that this shard has delivered of that epoch.</param>
public readonly record struct LoaderState(ulong Seed, long Epoch, long Position);
