using System.Text.Json.Nodes;
using Vsr.Data.Synthesis;

namespace Vsr.Training.Tasks;

/// <summary>Pairs of neighbouring frames from pools: exact flow from stills in motion, none from clips.</summary>
internal sealed class PoolFlowPairs(SequencePools pools, ulong seed) : IFlowPairSource
{
    private FlowPairSampler? _sampler;
    private long _position;

    public void Fill(FlowPairs pairs)
    {
        Prepare();
        _sampler!.FillNext(pairs.First, pairs.Second, pairs.Flow, _position++);
    }

    public void Prepare() => _sampler ??= new FlowPairSampler(
        pools.Stills ?? throw new InvalidOperationException("flow training needs a pool of stills in motion"), pools.Clips, seed);

    public void Renew() => SwitchTo(pools.Generation + 1);

    public JsonObject Save() => new() { ["generation"] = pools.Generation, ["position"] = _position };

    public void Restore(JsonObject state)
    {
        SwitchTo(state["generation"]!.GetValue<long>());
        _position = state["position"]!.GetValue<long>();
    }

    public void Dispose()
    {
    }

    private void SwitchTo(long generation)
    {
        pools.SwitchTo(generation);
        _sampler = null;
    }
}
