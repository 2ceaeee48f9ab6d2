using System.Text.Json.Nodes;
using Vsr.Data.Synthesis;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Sequences from pools of clips and stills, with random part, distance and direction of frames, flips and transposition.</summary>
internal sealed class PoolBatches(SequencePools pools, double stillShare, ulong seed) : IBatchSource
{
    private PoolSampler? _sampler;
    private long _position;

    public TimeSpan DataTime { get; private set; }

    public void Fill(Tensor frames)
    {
        Prepare();
        long begun = TimeProvider.System.GetTimestamp();
        _sampler!.FillNext(frames, _position++);
        DataTime += TimeProvider.System.GetElapsedTime(begun);
    }

    public void Prepare() => _sampler ??= CreateSampler();

    public void Renew() => SwitchTo(pools.Generation + 1);

    public JsonObject Save() => new() { ["generation"] = pools.Generation, ["position"] = _position };

    public void Restore(JsonObject state)
    {
        SwitchTo(state["generation"]!.GetValue<long>());
        _position = state["position"]!.GetValue<long>();
    }

    /// <summary>The pools are the run's, not this object's.</summary>
    public void Dispose()
    {
    }

    private void SwitchTo(long generation)
    {
        pools.SwitchTo(generation);
        _sampler = null;
    }

    private PoolSampler CreateSampler() => (pools.Clips, pools.Stills) switch
    {
        ({ } clips, { } stills) => new PoolSampler([clips, stills], [1 - stillShare, stillShare], seed),
        ({ } clips, null) => new PoolSampler([clips], [1], seed),
        (null, { } stills) => new PoolSampler([stills], [1], seed),
        _ => throw new InvalidOperationException("there are no pools to sample from"),
    };
}
