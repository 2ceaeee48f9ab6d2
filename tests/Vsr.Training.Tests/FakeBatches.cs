using System.Text.Json.Nodes;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Tests;

/// <summary>Smooth moving patterns drawn from a seed and a position, so that its state is two numbers.</summary>
internal sealed class FakeBatches(int seed, bool repeat = false) : IBatchSource
{
    private long _position;

    /// <summary>As if each batch took 3 ms.</summary>
    public TimeSpan DataTime => TimeSpan.FromMilliseconds(3 * _position);

    public void Fill(Tensor frames)
    {
        using var scope = NewDisposeScope();
        Random random = new(seed + (repeat ? 0 : 1000 * (int)++_position));
        long n = frames.size(0), t = frames.size(1), height = frames.size(3), width = frames.size(4);
        float[] pixels = new float[n * t * 3 * height * width];
        int at = 0;
        for (int sequence = 0; sequence < n; sequence++)
        {
            double fx = 0.05 + (0.35 * random.NextDouble()), fy = 0.05 + (0.35 * random.NextDouble()), speed = random.NextDouble() * 2;
            for (int frame = 0; frame < t; frame++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    for (int y = 0; y < height; y++)
                    {
                        for (int x = 0; x < width; x++)
                        {
                            double wave = Math.Sin((fx * (x + (speed * frame))) + channel) * Math.Cos(fy * y);
                            pixels[at++] = (float)(127.5 + (110 * wave));
                        }
                    }
                }
            }
        }

        frames.copy_(tensor(pixels).reshape(frames.shape));
    }

    public void Prepare()
    {
    }

    public void Renew()
    {
    }

    public JsonObject Save() => new() { ["position"] = _position };

    public void Restore(JsonObject state) => _position = state["position"]!.GetValue<long>();

    public void Dispose()
    {
    }
}
