using System.Text.Json.Nodes;
using Vsr.Training.Tasks;

namespace Vsr.Training.Tests.Tasks;

/// <summary>A source's first batch again and again.</summary>
internal sealed class RepeatedPairs(IFlowPairSource pairs) : IFlowPairSource
{
    private JsonObject? _start;

    public void Fill(FlowPairs target)
    {
        _start ??= pairs.Save();
        pairs.Restore(_start);
        pairs.Fill(target);
    }

    public void Prepare() => pairs.Prepare();

    public void Renew() => pairs.Renew();

    public JsonObject Save() => pairs.Save();

    public void Restore(JsonObject state) => pairs.Restore(state);

    public void Dispose() => pairs.Dispose();
}
