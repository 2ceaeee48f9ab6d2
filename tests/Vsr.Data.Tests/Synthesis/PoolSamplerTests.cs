using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

public sealed class PoolSamplerTests : IDisposable
{
    private readonly CountingPool _pool;

    public PoolSamplerTests()
    {
        TorchTestBackend.Ensure();
        _pool = new(sequences: 3, frames: 7, size: 20);
    }

    public void Dispose() => _pool.Frames.Dispose();

    [Fact]
    public void Every_sample_is_a_turned_part_of_one_sequence()
    {
        using DisposeScope scope = NewDisposeScope();
        PoolSampler sampler = new([_pool], [1], seed: 4);
        Tensor batch = zeros([16, 3, 3, 8, 8], ScalarType.Byte);
        HashSet<string> turns = [];
        for (long step = 0; step < 12; step++)
        {
            sampler.FillNext(batch, step);
            for (int sample = 0; sample < 16; sample++)
            {
                turns.Add(_pool.Explain(batch[sample]));
            }
        }

        Assert.True(turns.Count >= 24, $"{turns.Count} kinds of turning and stride of 32 seen");
    }

    [Fact]
    public void A_batch_depends_on_seed_and_step_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor first = zeros([4, 4, 3, 8, 8], ScalarType.Byte);
        Tensor second = zeros([4, 4, 3, 8, 8], ScalarType.Byte);
        new PoolSampler([_pool, _pool], [0.15, 0.85], seed: 4).FillNext(first, 9);
        PoolSampler sampler = new([_pool, _pool], [0.15, 0.85], seed: 4);
        sampler.FillNext(second, 8);
        Assert.False(first.equal(second).all().item<bool>());
        sampler.FillNext(second, 9);
        Assert.True(first.equal(second).all().item<bool>());
    }

    [Fact]
    public void Pools_are_chosen_by_probability_and_nothing_leaks()
    {
        using DisposeScope scope = NewDisposeScope();
        CountingPool dark = new(1, 4, 8) { Frames = zeros([1, 4, 3, 8, 8], ScalarType.Byte) };
        CountingPool bright = new(1, 4, 8) { Frames = ones([1, 4, 3, 8, 8], ScalarType.Byte) };
        PoolSampler sampler = new([dark, bright], [1, 3], seed: 0);
        Tensor batch = zeros([400, 2, 3, 4, 4], ScalarType.Byte);
        sampler.FillNext(batch, 0);
        Assert.InRange(batch.to(ScalarType.Float32).mean().item<float>(), 0.67f, 0.83f);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        sampler.FillNext(batch, 1);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new PoolSampler([], [], 0));
        Assert.Throws<ArgumentException>(() => new PoolSampler([_pool], [1, 2], 0));
        Assert.Throws<ArgumentException>(() => new PoolSampler([_pool], [0], 0));
        using Tensor large = zeros([1, 3, 3, 24, 24], ScalarType.Byte);
        Assert.Contains("24x24", Assert.Throws<ArgumentException>(
            () => new PoolSampler([_pool], [1], 0).FillNext(large, 0)).Message, StringComparison.Ordinal);
    }

    /// <summary>Red is the frame's number over all sequences, green the row, blue the column.</summary>
    private sealed class CountingPool : ISequencePool
    {
        private readonly int _length;

        public CountingPool(int sequences, int frames, int size)
        {
            _length = frames;
            using DisposeScope scope = NewDisposeScope();
            Tensor number = arange(sequences * frames).reshape(sequences, frames, 1, 1).expand(-1, -1, size, size);
            Tensor row = arange(size).reshape(1, 1, size, 1).expand_as(number);
            Tensor column = arange(size).reshape(1, 1, 1, size).expand_as(number);
            Frames = stack([number, row, column], 2).to(ScalarType.Byte).DetachFromDisposeScope();
        }

        public Tensor Frames { get; init; }

        /// <summary>Asserts that a sample [T, 3, c, c] is a regular part of one sequence and says how it was turned.</summary>
        public string Explain(Tensor sample)
        {
            Tensor s = sample.to(ScalarType.Int32);
            int step = s[1, 0, 0, 0].item<int>() - s[0, 0, 0, 0].item<int>();
            int rows = s[0, 1, 1, 0].item<int>() - s[0, 1, 0, 0].item<int>();
            int columns = s[0, 2, 0, 1].item<int>() - s[0, 2, 0, 0].item<int>();
            int across = s[0, 1, 0, 1].item<int>() - s[0, 1, 0, 0].item<int>();
            int down = s[0, 2, 1, 0].item<int>() - s[0, 2, 0, 0].item<int>();
            (long frames, long size) = (sample.size(0), sample.size(2));
            Tensor t = arange(frames).reshape(frames, 1, 1).expand(-1, size, size);
            Tensor y = arange(size).reshape(1, size, 1).expand_as(t);
            Tensor x = arange(size).reshape(1, 1, size).expand_as(t);
            Tensor expected = stack(
                [s[0, 0, 0, 0] + (t * step), s[0, 1, 0, 0] + (y * rows) + (x * across), s[0, 2, 0, 0] + (x * columns) + (y * down)], 1);
            Assert.True(s.equal(expected).all().item<bool>());
            Assert.Equal(s[0, 0, 0, 0].item<int>() / _length, s[-1, 0, 0, 0].item<int>() / _length);
            Assert.Contains(Math.Abs(step), new[] { 1, 2 });
            return $"{step} {rows} {columns} {across} {down}";
        }
    }
}
