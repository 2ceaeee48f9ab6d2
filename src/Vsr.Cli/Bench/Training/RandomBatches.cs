using System.Text.Json.Nodes;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench.Training;

/// <summary>Random pixels, written once into each input and left there; being asked for the next batch marks a step's beginning.</summary>
internal sealed class RandomBatches(StepClock clock) : IBatchSource
{
    private bool _filled;

    public TimeSpan DataTime => TimeSpan.Zero;

    public void Fill(Tensor frames)
    {
        if (!_filled)
        {
            frames.random_(0, 256);
            _filled = true;
        }

        clock.Begin();
    }

    public void Prepare()
    {
    }

    public void Renew()
    {
    }

    public JsonObject Save() => [];

    public void Restore(JsonObject state)
    {
    }

    public void Dispose()
    {
    }
}
