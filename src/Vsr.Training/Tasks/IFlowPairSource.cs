using System.Text.Json.Nodes;

namespace Vsr.Training.Tasks;

/// <summary>Pairs of frames, some with exact flow, in an order that its state decides.</summary>
internal interface IFlowPairSource : IDisposable
{
    /// <summary>Copies the next pairs into place; on a GPU the copies are queued.</summary>
    void Fill(FlowPairs pairs);

    /// <summary>Makes what batches are taken from, where that takes time.</summary>
    void Prepare();

    /// <summary>Drops pools, where there are such, so that new ones are made.</summary>
    void Renew();

    JsonObject Save();

    void Restore(JsonObject state);
}
