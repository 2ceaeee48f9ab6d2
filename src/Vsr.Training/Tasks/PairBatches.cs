using System.Text.Json.Nodes;
using Vsr.Data.Synthesis;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Sequences from a pool of pairs, with random part, flips and transposition; frames keep their order.</summary>
internal sealed class PairBatches(SequencePools pools, ulong seed) : IPairBatchSource
{
    private PairSampler? _sampler;
    private long _position;

    public TimeSpan DataTime { get; private set; }

    public void Fill(Tensor frames) => FillBoth(frames, null);

    public void Fill(Tensor frames, Tensor small) => FillBoth(frames, small);

    public void Prepare() => _sampler ??= new PairSampler(
        pools.Pairs ?? throw new InvalidOperationException("there is no pool of pairs to sample from"), seed);

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

    private void FillBoth(Tensor frames, Tensor? small)
    {
        Prepare();
        long begun = TimeProvider.System.GetTimestamp();
        _sampler!.FillNext(frames, small, _position++);
        DataTime += TimeProvider.System.GetElapsedTime(begun);
    }

    private void SwitchTo(long generation)
    {
        pools.SwitchTo(generation);
        _sampler = null;
    }
}
