using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Training.Losses;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Trains <see cref="CompactFlow"/> alone, on pairs at full resolution whose flow is known: end-point error at every level.</summary>
/// <remarks>Hidden pixels and those that leave the picture count like others, as they do when flow networks are scored.</remarks>
internal sealed class PairFlowTask(CompactFlow network, IFlowPairSource source, int pairs, int crop, Device device)
    : FlowPairsTask(network, source)
{
    private readonly CompactFlow _network = network;

    public override double EmaLimit => 0.999;

    public override TrainingLoss Loss()
    {
        Tensor first = Pairs.First.to(ScalarType.Float32) / 255;              // [N, 3, c, c]
        Tensor second = Pairs.Second.to(ScalarType.Float32) / 255;
        (Tensor sum, Tensor finest) = EndpointError.Of(_network.forward(first, second), Pairs.Flow);
        return new(sum, finest);
    }

    public override IReadOnlyList<TrainingPicture> Pictures()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor first = Pairs.First.narrow(0, 0, 1).to(ScalarType.Float32) / 255;
        Tensor second = Pairs.Second.narrow(0, 0, 1).to(ScalarType.Float32) / 255;
        Tensor truth = Pairs.Flow[0];                                           // [2, c, c]
        double longest = Math.Max(1e-3, truth.pow(2).sum([0L]).sqrt().max().item<float>());
        Tensor estimate = _network.forward(first, second)[^1][0];
        return
        [
            new("first", scope.MoveToOuter(first[0].clone())),
            new("flow", scope.MoveToOuter(Draw(estimate, longest))),
            new("true_flow", scope.MoveToOuter(Draw(truth, longest))),
        ];
    }

    protected override FlowPairs Allocate() => FlowPairs.Allocate(pairs, crop, pairs, crop, device);

    /// <summary>A flow [2, c, c] by the colour wheel: [3, c, c], 0..1.</summary>
    private static Tensor Draw(Tensor flow, double fullPixels)
    {
        FlowField field = new((int)flow.size(2), (int)flow.size(1));
        flow.to(ScalarType.Float32).permute(1, 2, 0).contiguous().cpu().data<float>().CopyTo(field.Values);
        RgbImage image = FlowColors.Draw(field, fullPixels);
        return tensor(image.Samples8.ToArray(), ScalarType.Byte).reshape(3, image.Height, image.Width).to(ScalarType.Float32) / 255;
    }
}
