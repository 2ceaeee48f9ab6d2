using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>Scores a flow network on pairs of pictures whose flow is known, at their own size.</summary>
/// <param name="network">The network, on <paramref name="device"/>; stays the caller's.</param>
/// <param name="device">Where flow is estimated.</param>
public sealed class FlowEvaluator(FlowNetwork network, Device device)
{
    /// <summary>Estimates the flow of a pair.</summary>
    public FlowField Estimate(FlowPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        (int width, int height) = (pair.First.Width, pair.First.Height);
        Tensor first = FrameTensors.ToDevice(pair.First.Samples8.ToArray(), width, height, device);
        Tensor second = FrameTensors.ToDevice(pair.Second.Samples8.ToArray(), width, height, device);
        Tensor estimate = network.Estimate(first, second);                                             // [1, 2, H, W]
        FlowField flow = new(width, height);
        Tensor values = estimate.to(ScalarType.Float32).permute(0, 2, 3, 1).contiguous().cpu();
        values.data<float>().CopyTo(flow.Values);
        return flow;
    }

    /// <summary>The end-point error of an estimate over the pixels whose flow is known.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    /// <exception cref="VsrException">The flow of no pixel is known, or an estimate is no number.</exception>
    public static FlowPairScore Score(FlowPair pair, FlowField estimate)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(estimate);
        FlowField truth = pair.Truth;
        if ((truth.Width, truth.Height) != (estimate.Width, estimate.Height))
        {
            throw new ArgumentException(
                $"an estimate of {estimate.Width}x{estimate.Height} for a flow of {truth.Width}x{truth.Height}", nameof(estimate));
        }

        (double error, double length) = (0, 0);
        long known = 0;
        for (int i = 0; i < truth.Values.Length; i += 2)
        {
            (float x, float y) = (truth.Values[i], truth.Values[i + 1]);
            if (FlowField.IsKnown(x, y))
            {
                known++;
                length += Length(x, y);
                error += Length((double)estimate.Values[i] - x, (double)estimate.Values[i + 1] - y);
            }
        }

        return known == 0 ? throw new VsrException("its flow is unknown everywhere")
            : double.IsFinite(error) ? new FlowPairScore(pair.Name, error / known, length / known)
            : throw new VsrException("the network's estimate is no number: its weights are damaged or do not fit its precision");
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
