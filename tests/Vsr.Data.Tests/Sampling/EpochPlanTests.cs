using CsCheck;

namespace Vsr.Data.Tests;

public class EpochPlanTests
{
    private static readonly Gen<(int Windows, int Shards, int Batch)> Cases =
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 5], Gen.Int[1, 9]);

    [Fact]
    public void Going_on_into_the_next_epoch_gives_every_window_once_over_all_shards() => Cases.Sample(c =>
        Assert.Equal(Enumerable.Range(0, c.Windows).Select(i => (long)i), Positions(c, EpochEnd.Continue).Order()));

    [Fact]
    public void Dropping_gives_each_shard_the_same_full_batches_and_no_window_twice() => Cases.Sample(c =>
    {
        List<long> positions = Positions(c, EpochEnd.Drop);
        Assert.Equal(positions.Count, positions.Distinct().Count());
        Assert.Equal(c.Windows / (c.Shards * c.Batch) * c.Shards * c.Batch, positions.Count);
    });

    [Fact]
    public void Padding_gives_each_shard_the_same_full_batches_and_every_window() => Cases.Sample(c =>
    {
        List<long> positions = Positions(c, EpochEnd.Pad);
        Assert.Equal(Enumerable.Range(0, c.Windows).Select(i => (long)i), positions.Distinct().Order());
        Assert.Equal(0, positions.Count % (c.Shards * c.Batch));
        Assert.True(positions.Count - c.Windows < c.Shards * c.Batch);
        EpochPlan plan = new(c.Windows, 0, 1, c.Batch, EpochEnd.Pad);
        Assert.Equal(plan.SamplesPerEpoch - c.Windows,
            Enumerable.Range(0, (int)plan.SamplesPerEpoch).Count(position => plan.IsPadding(position)));
    });

    private static List<long> Positions((int Windows, int Shards, int Batch) c, EpochEnd end)
    {
        List<long> positions = [];
        for (int shard = 0; shard < c.Shards; shard++)
        {
            EpochPlan plan = new(c.Windows, shard, c.Shards, c.Batch, end);
            for (long position = 0; position < plan.SamplesPerEpoch; position++)
            {
                positions.Add(plan.PositionInEpoch(position));
            }
        }

        return positions;
    }
}
