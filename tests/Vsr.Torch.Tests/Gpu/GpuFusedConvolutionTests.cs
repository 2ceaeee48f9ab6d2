using TorchSharp;
using Vsr.Tests;
using Vsr.Torch.Bridge;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Torch.Tests.Gpu;

/// <summary>cuDNN's convolutions with bias, relu or sum inside against the operators one after the other, in float32.</summary>
[Trait("Category", "Gpu")]
public sealed class GpuFusedConvolutionTests : IDisposable
{
    private readonly Device _device = TorchTestBackend.RequireCuda();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _noGrad = no_grad();

    public GpuFusedConvolutionTests() => random.manual_seed(9);

    public void Dispose()
    {
        _noGrad.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(1, 128, 128, 3, true, 60, 84)]
    [InlineData(1, 192, 128, 3, true, 33, 47)]
    [InlineData(3, 26, 64, 3, true, 34, 60)]
    [InlineData(3, 64, 8, 3, true, 34, 60)]
    [InlineData(2, 32, 32, 3, false, 21, 35)]
    [InlineData(1, 256, 64, 1, true, 20, 20)]
    public void TheResultsAreThoseOfTheOperators(int pictures, int inputs, int outputs, int side, bool hasBias, int height, int width)
    {
        int padding = (side - 1) / 2;
        Tensor input = Half(randn([pictures, inputs, height, width]));
        Tensor weight = Half(randn([outputs, inputs, side, side]) * Math.Sqrt(1.0 / (inputs * side * side)));
        Tensor? bias = hasBias ? randn(outputs).to(ScalarType.BFloat16).to(_device) : null;
        Tensor target = Half(randn([pictures, outputs, height, width]));
        Tensor expected = Reference(input, weight, bias, padding);
        Tensor sum = target.cpu().to(ScalarType.Float32) + expected;
        CudnnConvolution kernel = new(weight, bias, padding, addsAlways: true);
        using FusedConvolution fused = new(kernel);

        Assert.InRange(Error(fused.Run(input), expected), 0, 0.01);
        Assert.InRange(Error(fused.Run(input, relu: true), F.relu(expected)), 0, 0.01);
        Assert.True(ActiveConvolution.IsFusedFor(input, weight), "relu runs by itself");
        for (int i = 0; i < 2; i++)
        {
            Tensor copy = Half(target.cpu());
            fused.AddTo(copy, input);
            Assert.InRange(Error(copy, sum), 0, 0.01);
        }

        Assert.Equal(hasBias ? null : true, kernel.Adds);
    }

    [Fact]
    public void ARecordedSumAddsAtEveryReplay()
    {
        Tensor input = Half(randn([1, 64, 40, 60]));
        Tensor weight = Half(randn([64, 64, 3, 3]) * 0.04);
        Tensor target = zeros([1, 64, 40, 60], ScalarType.BFloat16, _device);
        TensorLayout.SetChannelsLast(target);
        using CudnnConvolution kernel = new(weight, null, 1, addsAlways: true);
        using CudaGraph graph = CudaGraph.Capture(_device, () =>
        {
            using IDisposable off = no_grad();
            kernel.AddTo(target, input);
        });
        Tensor expected = Reference(input, weight, null, 1);

        target.zero_();
        graph.Replay();
        graph.Replay();

        Assert.InRange(Error(target, expected * 2), 0, 0.01);
        Assert.True(kernel.Adds);
    }

    [Fact]
    public void OtherSizesAndTypesAreServed()
    {
        using FusedConvolution fused = new(Half(randn([32, 32, 3, 3]) * 0.05), null, 1);
        foreach ((int height, int width) in ((int, int)[])[(8, 8), (400, 400), (16, 24)])
        {
            Tensor input = Half(randn([1, 32, height, width]));
            Tensor planes = input.contiguous();
            Tensor target = Half(zeros([1, 32, height, width]));
            fused.AddTo(target, input);

            Assert.InRange(Error(target, fused.Run(input).cpu().to(ScalarType.Float32)), 0, 0.01);
            Assert.InRange(Error(fused.Run(planes, relu: true), F.relu(target.cpu().to(ScalarType.Float32))), 0, 0.01);
        }

        Tensor single = randn([8, 8, 3, 3]);
        Tensor wide = randn([1, 8, 12, 12]);
        using FusedConvolution full = new(single.to(_device), null, 1);
        Assert.InRange(Error(full.Run(wide.to(_device), relu: true), F.relu(F.conv2d(wide, single, padding: [1, 1]))), 0, 0.01);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void WhatLiesInTheResultsMemoryDoesNotMatter(ScalarType type)
    {
        // libtorch gives cuDNN the result's own memory, not yet written, as something to be added 0 times
        Tensor input = Half(randn([1, 64, 60, 84])).to(type);
        Tensor weight = Half(randn([64, 64, 3, 3]) * 0.04).to(type);
        Tensor bias = randn(64).to(type).to(_device);
        Tensor expected = F.relu(Reference(input, weight, bias, 1));
        for (int i = 0; i < 3; i++)
        {
            using (Tensor former = full([1, 64, 60, 84], double.NaN, type, _device))
            {
                former.add_(former);
            }

            using Tensor actual = ActiveConvolution.Run(input, weight, bias, [1, 1]);
            Assert.InRange(Error(actual, expected), 0, 0.01);
        }
    }

    [Fact]
    public void WhatDoesNotFitIsAnError()
    {
        using FusedConvolution fused = new(new CudnnConvolution(Half(randn([32, 32, 3, 3])), null, 1, addsAlways: true));
        Tensor input = Half(randn([1, 32, 8, 8]));
        Tensor narrow = Half(randn([1, 8, 8, 8]));

        Assert.ThrowsAny<Exception>(() => fused.AddTo(narrow, input));
        Assert.ThrowsAny<Exception>(() => fused.AddTo(input, narrow));
    }

    [Fact]
    public void NothingStaysInMemory()
    {
        using Tensor weight = Half(randn([32, 32, 3, 3]));
        using Tensor input = Half(randn([1, 32, 400, 400]));
        long live = LiveTensors.Count;
        using (FusedConvolution fused = new(weight, null, 1))
        {
            using Tensor target = fused.Run(input, relu: true);
            for (int i = 0; i < 10; i++)
            {
                fused.AddTo(target, input);
            }
        }

        Assert.Equal(live, LiveTensors.Count);
    }

    private static Tensor Reference(Tensor input, Tensor weight, Tensor? bias, int padding) => F.conv2d(
        input.cpu().to(ScalarType.Float32), weight.cpu().to(ScalarType.Float32), bias?.cpu().to(ScalarType.Float32), padding: [padding, padding]);

    private static double Error(Tensor actual, Tensor expected) =>
        TorchTestBackend.RelativeError(actual.cpu().to(ScalarType.Float32), expected);

    private Tensor Half(Tensor values) => TensorLayout.ToChannelsLast(values.to(ScalarType.BFloat16).to(_device));
}
