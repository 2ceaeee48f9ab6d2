using System.Text.Json.Nodes;
using TorchSharp;
using TorchSharp.Modules;
using Vsr.Data;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Losses;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using Vsr.Training.Tests.Running;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tests;

/// <summary>Defects of DALI's example that are not here; docs/reference.md names for each the test that guards it.</summary>
public sealed class ReferenceDefectTests : IDisposable
{
    private static readonly SequenceShape Shape = new(2, 3, 32, 48);

    private readonly TemporaryFolder _folder = new();

    public ReferenceDefectTests() => OneThread.Ensure();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheTargetIsTheSourceFrameAndCopyingTheInputCostsWhatItIsWorse()
    {
        using VsrNet network = PassThrough();
        using VsrNetTask task = new(network, new FakeBatches(1), new MeanSquaredError(), Shape, CPU);
        task.AdaptTo(0);
        task.FillInput();
        using Tensor batch = zeros([2, 3, 3, 32, 48], ScalarType.Byte);
        new FakeBatches(1).Fill(batch);
        using DisposeScope scope = NewDisposeScope();

        double loss = task.Loss().Reported.item<float>();

        Tensor source = batch.select(1, 1).to(ScalarType.Float32) / 255;
        Tensor copied = network.Enlarge(Degradation.Reduce(source, 4));
        double expected = (VsrNet.Luma(copied) - VsrNet.Luma(source)).square().mean().item<float>();
        Assert.Equal(expected, loss, 1e-7);
        Assert.True(expected > 1e-4, $"{expected}");
    }

    [Fact]
    public void FlowSeesOnlyWhatLowResolutionShows()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor frames = full([1, 3, 3, 32, 48], 100, ScalarType.Byte);
        frames[0, 0].narrow(2, 0, 24).fill_(180);
        frames[0, 2].narrow(2, 0, 20).fill_(180);
        Tensor checker = ((arange(32).unsqueeze(1) + arange(48)) % 2).to(ScalarType.Byte);      // gone after the reduction: no flow can come from it
        Tensor lr = Degradation.Reduce(((frames + checker).to(ScalarType.Float32) / 255).flatten(0, 1), 4);
        manual_seed(3);
        using VsrNet network = new(new VsrNetOptions { Flow = VsrNetFlow.Compact });
        foreach (Parameter parameter in network.Flow!.parameters())
        {
            using IDisposable noGrad = no_grad();
            nn.init.normal_(parameter, 0, 0.05);
        }

        Tensor withDetail = Predict(frames + checker);

        Assert.Equal(
            network.forward(network.Enlarge(lr).unsqueeze(0)).flatten().data<float>().ToArray(), withDetail.flatten().data<float>().ToArray());

        Tensor Predict(Tensor hr)
        {
            using VsrNetTask task = new(network, new GivenBatch(hr), new Capture(), new SequenceShape(1, 3, 32, 48), CPU);
            task.AdaptTo(0);
            task.FillInput();
            return task.Loss().Reported;      // the prediction itself
        }
    }

    [Fact]
    public void FlowNet2SDsUnitIsATwentiethPixel()
    {
        using FlowNetSD network = new();
        using IDisposable noGrad = no_grad();
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            parameter.zero_();
            if (name == "predict_flow2.bias")
            {
                parameter.copy_(tensor(new[] { 20f, -40f }));
            }
        }

        using Tensor flow = network.Estimate(rand([1, 3, 64, 64]), rand([1, 3, 64, 64]));

        Assert.All(flow.select(1, 0).flatten().data<float>().ToArray(), x => Assert.Equal(1f, x, 1e-5f));
        Assert.All(flow.select(1, 1).flatten().data<float>().ToArray(), y => Assert.Equal(-2f, y, 1e-5f));
    }

    [Theory]
    [InlineData(VsrNetPadding.Replicate, true)]
    [InlineData(VsrNetPadding.Zero, false)]
    public void ReplicatedBordersLeaveNoFrame(VsrNetPadding padding, bool isEven)
    {
        manual_seed(5);
        using VsrNet network = new(new VsrNetOptions { Padding = padding });
        network.eval();
        using IDisposable noGrad = no_grad();
        using Tensor grey = full([1, 3, 3, 24, 24], 0.5f);

        float[] output = network.forward(grey).flatten().data<float>().ToArray();

        Assert.Equal(isEven, output.Max() - output.Min() < 1e-5f);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void LumaAndSkipStayInFloat32(ScalarType precision)
    {
        using VsrNet network = PassThrough();
        network.SetPrecision(precision);
        using IDisposable noGrad = no_grad();
        using Tensor frames = rand([1, 3, 3, 12, 12]);

        using Tensor output = network.forward(frames);

        Assert.Equal(VsrNet.Luma(frames.select(1, 1)).flatten().data<float>().ToArray(), output.flatten().data<float>().ToArray());
    }

    [Fact]
    public void LossesAreReadBackOnceInTwentySteps()
    {
        using VsrNet network = PassThrough();
        using VsrNetTask task = new(network, new FakeBatches(1), new MeanSquaredError(), new SequenceShape(1, 3, 16, 16), CPU);
        using TrainedParameters parameters = new(network, CPU, ScalarType.Float32);
        using Trainer trainer = new(
            task, parameters, new ConstantSchedule(), 1e-4, new TrainingBudget(45, null), new TrainingClock(TimeProvider.System, default), CPU,
            eager: true, new RecordingObserver());
        List<int> blocks = [];

        trainer.Run(_ => false, block => blocks.Add(block.Count), CancellationToken.None);

        Assert.Equal([20, 20, 5], blocks);
    }

    [Fact]
    public void ValidationTakesWholeFramesInOrderAndRepeats()
    {
        string clip = _folder.File("clip.mkv");
        using (VideoWriter writer = new(clip, new VideoWriterOptions { Width = 64, Height = 48, Codec = "ffv1", PixelFormat = "bgr0" }))
        {
            for (int frame = 0; frame < 3; frame++)
            {
                writer.Write(Picture(frame), frame);
            }

            writer.Finish();
        }

        RunFolder run = new(_folder.Path);
        using (VsrNet network = PassThrough())
        {
            NetworkWeights.Save(network, run.Weights);
        }

        TrainingOptions options = TinyRun.VsrNet(1) with { ValidateEvery = 1, Residual = true };
        Func<long, JsonObject> validate = Validation.For(options, [clip], run, CPU, new RecordingObserver(), CancellationToken.None)!;

        JsonObject figures = validate(1);

        Assert.Equal(figures.ToJsonString(), validate(2).ToJsonString());
        using DisposeScope scope = NewDisposeScope();
        using IFrameSource source = FrameSource.Open(clip);
        double sum = 0;
        for (int frame = 0; frame < 3; frame++)
        {
            byte[] rgb = new byte[3 * 64 * 48];
            source.ReadRgb8(frame, rgb);
            Tensor truth = tensor(rgb, ScalarType.Byte).reshape(1, 3, 48, 64).to(ScalarType.Float32) / 255;
            using VsrNet network = PassThrough();
            sum += (VsrNet.Luma(network.Enlarge(Degradation.Reduce(truth, 4))) - VsrNet.Luma(truth)).square().mean().item<float>();
        }

        Assert.Equal(sum / 3, figures["val_loss"]!.GetValue<double>(), 1e-7);
        Assert.InRange(figures["val_psnr_db"]!.GetValue<double>(), 10, 60);
    }

    /// <summary>A network whose output is the enlarged luma of the middle frame.</summary>
    private static VsrNet PassThrough()
    {
        VsrNet network = new(new VsrNetOptions { Residual = true });
        using IDisposable noGrad = no_grad();
        foreach ((string name, Parameter parameter) in network.named_parameters())
        {
            if (name.StartsWith("conv3.", StringComparison.Ordinal))
            {
                parameter.zero_();
            }
        }

        return network;
    }

    private static byte[] Picture(int frame)
    {
        byte[] picture = new byte[3 * 64 * 48];
        for (int i = 0; i < picture.Length; i++)
        {
            picture[i] = (byte)(128 + (100 * Math.Sin((0.7 * (i % 64)) + frame) * Math.Cos(0.5 * (i / 64))));
        }

        return picture;
    }

    private sealed class Capture : IPictureLoss
    {
        public Tensor Between(Tensor prediction, Tensor target) => prediction;
    }

    private sealed class GivenBatch(Tensor frames) : IBatchSource
    {
        public TimeSpan DataTime => default;

        public void Fill(Tensor target) => target.copy_(frames);

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
}
