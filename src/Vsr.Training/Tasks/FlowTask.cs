using Vsr.Data;
using Vsr.Models;
using Vsr.Models.Blocks;
using Vsr.Training.Losses;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Trains <see cref="CompactFlow"/> on pairs whose flow is known, and on pairs of real frames by how well they match.</summary>
/// <remarks>
/// The first pairs of a batch come from stills in motion with exact flow (end-point error at every level), the others from clips
/// (3 times the mean absolute difference of the warped frame). Only low-resolution frames are seen, as in the network that uses it.
/// </remarks>
internal sealed class FlowTask(CompactFlow network, IFlowPairSource source, int exactPairs, int realPairs, int crop, Device device)
    : FlowPairsTask(network, source)
{
    private const int Scale = 4;
    private const double PhotometricWeight = 3;

    private readonly Warp _warp = new();
    private readonly CompactFlow _network = network;

    public override double EmaLimit => 0.998;

    public override TrainingLoss Loss()
    {
        Tensor first = Degradation.Reduce(Pairs.First.to(ScalarType.Float32) / 255, Scale);       // [N, 3, h, w]
        Tensor second = Degradation.Reduce(Pairs.Second.to(ScalarType.Float32) / 255, Scale);
        Tensor[] flows = _network.forward(first, second);
        Tensor? photometric = realPairs == 0 ? null : Photometric(first, second, flows[^1]);
        if (exactPairs == 0)
        {
            return new(PhotometricWeight * photometric!, photometric!);
        }

        (Tensor sum, Tensor finest) = EndpointError.Of(
            flows.Select(flow => flow.narrow(0, 0, exactPairs)).ToArray(), Pairs.Flow);
        return new(photometric is null ? sum : sum + (PhotometricWeight * photometric), finest);
    }

    public override void Dispose()
    {
        _warp.Dispose();
        base.Dispose();
    }

    protected override FlowPairs Allocate() =>
        FlowPairs.Allocate(exactPairs + realPairs, crop, exactPairs, crop / Scale, device);

    private Tensor Photometric(Tensor first, Tensor second, Tensor flow)
    {
        Tensor warped = _warp.Sample(second.narrow(0, exactPairs, realPairs), flow.narrow(0, exactPairs, realPairs));
        return (warped - first.narrow(0, exactPairs, realPairs)).abs().mean();
    }
}
