using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Sizes, names and settings of the networks.</summary>
public class NetworkTests
{
    public NetworkTests() => TorchTestBackend.Ensure();

    [Fact]
    public void ParameterCountsAreThePublishedOnes()
    {
        using VsrNet vsrNet = new();
        using FlowNetSD flow = new();
        using CompactFlow compact = new();
        using CompactFlow large = new(CompactFlowOptions.LargeMotion);
        using RecurrentVsr recurrent = new();

        Assert.InRange(large.CountParameters(), 1_000_000, 1_500_000);
        Assert.Equal(159_777, vsrNet.CountParameters());
        Assert.Equal(45_371_666, flow.CountParameters());
        Assert.Equal(521_760, compact.CountParameters());
        Assert.Equal(3_890_512, recurrent.CountParameters());
    }

    [Fact]
    public void FlowInsideVsrNetIsFrozen()
    {
        using VsrNet network = new(new VsrNetOptions { Flow = VsrNetFlow.Compact });

        Assert.Equal(159_777, network.CountParameters());
        Assert.Equal(159_777 + 521_760, network.CountParameters(trainableOnly: false));
        Assert.Contains("flownet.nets.0.0.weight", network.state_dict().Keys);
        network.SetPrecision(ScalarType.BFloat16);
        network.SetChannelsLast();
        Assert.Equal(159_777, network.CountParameters());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CatalogRebuildsANetworkFromItsSettings(bool changed)
    {
        using RecurrentVsr recurrent = new(changed
            ? new RecurrentOptions { Channels = 16, Blocks = 3, LookAhead = 1, WarpOutput = false, UseFlow = false }
            : new RecurrentOptions { Channels = 16 });
        using VsrNet vsrNet = new(changed
            ? new VsrNetOptions { Frames = 5, Scale = 2, Padding = VsrNetPadding.Replicate, Residual = true, Flow = VsrNetFlow.Compact }
            : new VsrNetOptions());

        using CompactFlow flow = new(changed ? CompactFlowOptions.LargeMotion : new CompactFlowOptions());
        using VsrNet aligned = new(new VsrNetOptions { Flow = VsrNetFlow.Compact, CompactFlow = flow.Options });

        using Network third = NetworkCatalog.Create("flow", flow.Settings);
        using Network fourth = NetworkCatalog.Create("vsrnet", aligned.Settings);
        using Network first = NetworkCatalog.Create("recurrent", recurrent.Settings);
        using Network second = NetworkCatalog.Create("vsrnet", vsrNet.Settings);

        Assert.Equal(recurrent.Options, ((RecurrentVsr)first).Options);
        Assert.Equal(vsrNet.Options, ((VsrNet)second).Options);
        Assert.Equal(flow.Options, ((CompactFlow)third).Options);
        Assert.Equal(aligned.Options, ((VsrNet)fourth).Options);
        Assert.Equal(recurrent.state_dict().Keys, first.state_dict().Keys);
    }

    [Fact]
    public void CatalogRefusesWhatItDoesNotKnow()
    {
        Assert.Contains("unknown network 'edsr'", Refused("edsr"), StringComparison.Ordinal);
        Assert.Contains("no setting 'depth'", Refused("recurrent", ("depth", "3")), StringComparison.Ordinal);
        Assert.Contains("Levels 9", Refused("flow", ("levels", "9")), StringComparison.Ordinal);
        Assert.Contains("'channels'", Refused("recurrent", ("channels", "many")), StringComparison.Ordinal);
        Assert.Contains("even", Refused("vsrnet", ("frames", "4")), StringComparison.Ordinal);
        Assert.Contains("takes none, compact", Refused("vsrnet", ("flow", "spynet")), StringComparison.Ordinal);
    }

    [Fact]
    public void ChannelsLastAndPrecisionKeepTheValues()
    {
        using DisposeScope scope = NewDisposeScope();
        using VsrNet network = new();
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 3, 3, 12, 14]);
        Tensor before = network.forward(clip);

        network.SetChannelsLast();
        Tensor after = network.forward(clip);
        network.SetPrecision(ScalarType.BFloat16);
        Tensor half = network.forward(clip);

        Assert.Equal(1, network.state_dict()["conv2.0.weight"].stride(1));
        Assert.Equal(ScalarType.BFloat16, network.state_dict()["conv2.0.weight"].dtype);
        Assert.Equal(ScalarType.Float32, network.state_dict()["conv2.1.running_mean"].dtype);
        Assert.Equal(ScalarType.Float32, half.dtype);
        Assert.InRange((before - after).abs().max().item<float>(), 0, 1e-5);
        Assert.InRange((before - half).abs().max().item<float>(), 1e-9, 0.03);
    }

    [Fact]
    public void RecurrentStartsAsTheBicubicEnlargementButForASmallNoise()
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 16, Blocks = 2 });
        Tensor clip = GoldenFormula.Frames(ScalarType.Float32, [1, 3, 3, 16, 16]);

        Tensor bicubic = nn.functional.interpolate(
            clip.flatten(0, 1), scale_factor: [4, 4], mode: InterpolationMode.Bicubic, align_corners: false);

        Assert.InRange((network.Unroll(clip).Sr.flatten(0, 1) - bicubic).abs().max().item<float>(), 0, 0.02);
    }

    private static string Refused(string architecture, params (string, string)[] settings) =>
        Assert.ThrowsAny<ArgumentException>(
            () => NetworkCatalog.Create(architecture, settings.ToDictionary(s => s.Item1, s => s.Item2))).Message;
}
