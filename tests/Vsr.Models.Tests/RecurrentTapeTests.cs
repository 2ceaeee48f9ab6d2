using TorchSharp;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Tests;

/// <summary>Gradients over whole sequences against automatic differentiation.</summary>
public sealed class RecurrentTapeTests
{
    public RecurrentTapeTests()
    {
        TorchTestBackend.Ensure();
        Assert.SkipUnless(Dispatcher.IsAvailable, "this libtorch cannot call operators by name");
    }

    [Theory]
    [InlineData(true, true, true, false, 2, 3)]
    [InlineData(true, true, false, false, 1, 2)]
    [InlineData(true, false, false, false, 0, 4)]
    [InlineData(false, true, true, false, 2, 3)]
    [InlineData(true, true, true, true, 2, 3)]
    [InlineData(true, true, true, false, 2, 1)]
    public void TheyAreThoseOfAutomaticDifferentiation(
        bool useFlow, bool carryOutput, bool warpOutput, bool twoDirections, int lookAhead, int frames)
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions
        {
            Channels = 8,
            Blocks = 2,
            LookAhead = lookAhead,
            UseFlow = useFlow,
            FlowChannels = 8,
            FlowLevels = 2,
            CarryOutput = carryOutput,
            WarpOutput = warpOutput,
            TwoDirections = twoDirections,
        });
        GoldenFormula.Fill(network);
        Tensor lr = GoldenFormula.Frames(ScalarType.Float32, [2, frames, 3, 12, 20]);

        Compare(network, lr, bound: 1e-4);
        Compare(network, lr, bound: 1e-4, pixelsOfChunk: 3 * 12 * 20);      // a frame or two at a time
    }

    [Fact]
    public void NothingStaysInMemory()
    {
        // not by LiveTensors: TorchSharp counts the gradients of what a loss does not depend on as alive for ever
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 32, Blocks = 2, FlowChannels = 8, FlowLevels = 2 });
        Tensor[] parameters = [.. network.parameters()];
        Tensor lr = GoldenFormula.Frames(ScalarType.Float32, [1, 4, 3, 96, 96]);
        OneStep();
        OneStep();
        long before = Environment.WorkingSet;
        for (int i = 0; i < 6; i++)
        {
            OneStep();
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200L << 20);       // a step that is not freed keeps 94 MB

        void OneStep()
        {
            using DisposeScope step = NewDisposeScope();
            using RecurrentTape tape = network.CreateTape(lr);
            tape.Gradients(Loss(network, lr, tape), parameters);
        }
    }

    [Theory]
    [Trait("Category", "Gpu")]
    [InlineData(ScalarType.BFloat16, false)]
    [InlineData(ScalarType.BFloat16, true)]
    [InlineData(ScalarType.Float16, false)]
    public void InHalfPrecisionOnAGpuTheyAreAsNearToFloat32AsThoseOfAutomaticDifferentiation(ScalarType type, bool twoDirections)
    {
        Device device = TorchTestBackend.RequireCuda();
        Assert.Null(HalfArithmetic.ProblemOn(device));
        CompareWithFloat32(device, type, twoDirections);
    }

    [Fact]
    public void InHalfPrecisionTheyAreAsNearToFloat32AsThoseOfAutomaticDifferentiation() => CompareWithFloat32(CPU, ScalarType.BFloat16, twoDirections: false);

    private static void CompareWithFloat32(Device device, ScalarType type, bool twoDirections)
    {
        using DisposeScope scope = NewDisposeScope();
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 32, Blocks = 3, FlowChannels = 16, FlowLevels = 2, TwoDirections = twoDirections });
        GoldenFormula.Fill(network);
        network.to(device);
        Tensor lr = GoldenFormula.Frames(ScalarType.Float32, [2, 4, 3, 16, 24]).to(device);
        Tensor[] exact = Wide(autograd.grad([Loss(network, lr, null)], [.. network.parameters()], allow_unused: true)!);
        network.SetPrecision(type);
        network.SetChannelsLast();
        Assert.Equal(device.type == DeviceType.CUDA, RecurrentTape.IsFasterFor(network));
        Tensor[] parameters = [.. network.parameters()];
        Tensor[] automatic = Wide(autograd.grad([Loss(network, lr, null)], parameters, allow_unused: true)!);
        using RecurrentTape tape = network.CreateTape(lr);
        using RecurrentTape inChunks = network.CreateTape(lr, pixelsOfChunk: 2 * 2 * (twoDirections ? 2 : 1) * 16 * 24);
        Assert.Equal((4, 2), (tape.FramesOfChunk, inChunks.FramesOfChunk));
        Tensor[] taped = Wide(tape.Gradients(Loss(network, lr, tape), parameters));
        Tensor[] chunked = Wide(inChunks.Gradients(Loss(network, lr, inChunks), parameters));

        for (int i = 0; i < exact.Length; i++)
        {
            double size = Math.Max(exact[i].norm().cpu().item<float>(), 1e-6);
            double ofTape = (taped[i] - exact[i]).norm().cpu().item<float>() / size;
            double ofAutomatic = (automatic[i] - exact[i]).norm().cpu().item<float>() / size;
            double ofChunks = (chunked[i] - exact[i]).norm().cpu().item<float>() / size;
            Assert.True(ofTape <= (1.5 * ofAutomatic) + 0.01, $"parameter {i}: {ofTape}, by automatic differentiation {ofAutomatic}");
            Assert.True(ofChunks <= (1.5 * ofAutomatic) + 0.01, $"parameter {i} in chunks: {ofChunks}, by automatic differentiation {ofAutomatic}");
        }

        static Tensor[] Wide(IEnumerable<Tensor?> gradients) => [.. gradients.Select(
            gradient => gradient is { IsInvalid: false } ? gradient.to(ScalarType.Float32) : zeros(1))];
    }

    private static void Compare(RecurrentVsr network, Tensor lr, double bound, long pixelsOfChunk = RecurrentTape.PixelsOfChunk)
    {
        Tensor[] parameters = [.. network.parameters()];
        Tensor expectedLoss = Loss(network, lr, null);
        IList<Tensor> expected = autograd.grad([expectedLoss], parameters, allow_unused: true);
        using RecurrentTape tape = network.CreateTape(lr, pixelsOfChunk);
        Tensor loss = Loss(network, lr, tape);
        IList<Tensor?> actual = tape.Gradients(loss, parameters);

        Assert.InRange(Math.Abs(loss.item<float>() - expectedLoss.item<float>()), 0, Math.Abs(expectedLoss.item<float>()) * bound);
        int compared = 0;
        string[] names = [.. network.named_parameters().Select(named => named.name)];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (expected[i] is not { IsInvalid: false } gradient)
            {
                Assert.True(actual[i] is null or { IsInvalid: true }, names[i]);
                continue;
            }

            compared++;
            Tensor wide = gradient.to(ScalarType.Float32);
            double error = (actual[i]!.to(ScalarType.Float32) - wide).norm().item<float>() / Math.Max(wide.norm().item<float>(), 1e-6);
            Assert.True(error <= bound, $"{names[i]}: {error}");
        }

        Assert.True(compared > parameters.Length / 4);
    }

    private static Tensor Loss(RecurrentVsr network, Tensor lr, RecurrentTape? tape)
    {
        (Tensor sr, Tensor? photometric) = network.UnrollOn(tape, lr);
        Tensor weights = arange(sr.numel(), ScalarType.Float32, sr.device).sin_().view(sr.shape);
        Tensor loss = (sr * weights).mean() + sr.square().mean();
        return photometric is null ? loss : loss + (0.1 * photometric);
    }
}
