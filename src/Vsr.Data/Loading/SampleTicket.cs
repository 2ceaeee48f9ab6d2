namespace Vsr.Data;

/// <summary>One sample to be read by one thread.</summary>
/// <param name="Index">Its place in its batch.</param>
/// <param name="Order">The epoch's order; null for the natural one.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Epoch">Epoch.</param>
/// <param name="Position">Position in the epoch over all shards.</param>
/// <param name="IsPadding">Only fills up the last batch.</param>
internal sealed record SampleTicket(int Index, ShuffledOrder? Order, ulong Seed, long Epoch, long Position, bool IsPadding);
