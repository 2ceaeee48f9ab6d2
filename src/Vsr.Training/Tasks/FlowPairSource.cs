using System.Text.Json.Nodes;
using Vsr.Data.Synthesis;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Pairs at full resolution with exact flow, from a pool that is rendered when first used.</summary>
/// <remarks>A generation of the pool depends on the seed and its number alone, so a resumed run renders the same one.</remarks>
internal sealed class FlowPairSource : IFlowPairSource
{
    private readonly IReadOnlyList<Tensor> _stills;
    private readonly int _count;
    private readonly int _size;
    private readonly ulong _seed;
    private readonly Device _device;
    private readonly ITrainingObserver _observer;
    private readonly CancellationToken _cancellation;
    private FlowPairPool? _pool;
    private FlowPairBatches? _batches;
    private long _generation;
    private long _position;

    /// <param name="stills">uint8 [3, H, W] each; not owned.</param>
    /// <param name="count">Pairs in the pool.</param>
    /// <param name="size">Their width and height.</param>
    /// <param name="seed">What pools and batches are drawn from.</param>
    /// <param name="device">Where the pool is rendered and kept.</param>
    /// <param name="observer">Told how long the rendering took.</param>
    /// <param name="cancellation">Ends the rendering early.</param>
    public FlowPairSource(
        IReadOnlyList<Tensor> stills, int count, int size, ulong seed, Device device, ITrainingObserver observer, CancellationToken cancellation)
    {
        _stills = stills;
        _count = count;
        _size = size;
        _seed = seed;
        _device = device;
        _observer = observer;
        _cancellation = cancellation;
    }

    public void Fill(FlowPairs pairs)
    {
        Prepare();
        _batches!.FillNext(pairs.First, pairs.Second, pairs.Flow, _position++);
    }

    public void Prepare()
    {
        if (_batches is not null)
        {
            return;
        }

        long start = TimeProvider.System.GetTimestamp();
        try
        {
            _pool = FlowPairPool.Render(_stills, _count, _size, PoolSeed, _device, _cancellation);
        }
        catch (ArgumentException failure)
        {
            throw new VsrException($"no pairs can be made from the stills: {failure.Message}", failure);
        }

        _batches = new FlowPairBatches(_pool, _seed);
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        _observer.Message(FormattableString.Invariant(
            $"pool of {_count} pairs from {_stills.Count} stills, {_size}x{_size}, mean motion {MeanLength(_pool.Flow):F1} pixels, in {seconds:F1} s"));
    }

    public void Renew() => SwitchTo(_generation + 1);

    public JsonObject Save() => new() { ["generation"] = _generation, ["position"] = _position };

    public void Restore(JsonObject state)
    {
        SwitchTo(state["generation"]!.GetValue<long>());
        _position = state["position"]!.GetValue<long>();
    }

    public void Dispose()
    {
        _pool?.Dispose();
        (_pool, _batches) = (null, null);
    }

    private ulong PoolSeed => unchecked(_seed + ((ulong)_generation * 0x9E3779B97F4A7C15));

    private void SwitchTo(long generation)
    {
        if (generation != _generation)
        {
            Dispose();
            _generation = generation;
        }
    }

    private static double MeanLength(Tensor flow)
    {
        using var scope = NewDisposeScope();
        return flow.slice(0, 0, 200, 1).pow(2).sum(1).sqrt().mean().item<float>();
    }
}
