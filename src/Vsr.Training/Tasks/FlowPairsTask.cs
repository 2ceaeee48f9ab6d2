using System.Text.Json.Nodes;
using Vsr.Models;

namespace Vsr.Training.Tasks;

/// <summary>What tasks on pairs of frames share: their place in memory, which a source fills, and how long that took.</summary>
internal abstract class FlowPairsTask(CompactFlow network, IFlowPairSource source) : ITrainingTask
{
    private FlowPairs? _pairs;

    public Network Network => network;

    public abstract double EmaLimit { get; }

    public TimeSpan DataTime { get; private set; }

    /// <summary>The pairs in place.</summary>
    protected FlowPairs Pairs => _pairs!;

    public double LearningRateFactor(string parameter) => 1;

    public bool AdaptTo(double fraction)
    {
        if (_pairs is not null)
        {
            return false;
        }

        _pairs = Allocate();
        return true;
    }

    public void FillInput()
    {
        long begun = TimeProvider.System.GetTimestamp();
        source.Fill(Pairs);
        DataTime += TimeProvider.System.GetElapsedTime(begun);
    }

    public abstract TrainingLoss Loss();

    public virtual IReadOnlyList<TrainingPicture> Pictures() => [];

    public void Prepare() => source.Prepare();

    public void Renew() => source.Renew();

    public JsonObject SaveSource() => source.Save();

    public void RestoreSource(JsonObject state) => source.Restore(state);

    public virtual void Dispose()
    {
        _pairs?.Dispose();
        source.Dispose();
    }

    /// <summary>Memory for the pairs of a step.</summary>
    protected abstract FlowPairs Allocate();
}
