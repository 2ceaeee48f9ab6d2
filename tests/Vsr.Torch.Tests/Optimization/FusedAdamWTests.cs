using System.Globalization;
using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Optimization;

public sealed class FusedAdamWTests
{
    private const string Oracle = """
        import sys, torch
        def values(n, phase): return torch.sin(torch.arange(n, dtype=torch.float64) * 0.7 + phase)
        p = [torch.nn.Parameter(values(12, 0.1).reshape(3, 4)), torch.nn.Parameter(values(5, 0.5))]
        o = getattr(torch.optim, sys.argv[1])(p, lr=0.0, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.02)
        for step in range(10):
            for g in o.param_groups: g['lr'] = 2.0 ** -(step + 4)
            p[0].grad = values(12, 0.3 * step).reshape(3, 4)
            p[1].grad = values(5, 0.9 * step)
            o.step()
        print(' '.join(repr(v) for t in p for v in t.detach().flatten().tolist()))
        """;

    private static readonly AdamWOptions Options = new() { Beta1 = 0.9, Beta2 = 0.99, WeightDecay = 0.02 };

    public FusedAdamWTests() => TorchTestBackend.Ensure();

    [Theory]
    [InlineData("AdamW", true)]
    [InlineData("Adam", false)]
    public void Ten_steps_equal_PyTorchs(string name, bool isDecoupled)
    {
        double[] expected = OracleProgram.Run(OracleProgram.RequirePythonTorch(), "-c", Oracle, name)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();

        double[] actual = Run(
            float64, Options with { IsDecoupled = isDecoupled }, (optimizer, gradients) => optimizer.Step(gradients));

        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, true, 1e-6)]
    [InlineData(ScalarType.Float64, true, 1e-6)]
    [InlineData(ScalarType.Float32, false, 1e-6)]
    [InlineData(ScalarType.Float64, false, 1e-6)]
    public void The_fused_kernel_equals_the_plain_reference(ScalarType type, bool isDecoupled, double tolerance)
    {
        AdamWOptions options = Options with { IsDecoupled = isDecoupled };
        using Tensor every3rd = zeros([], float32);
        int steps = 0;
        double[] fused = Run(type, options, (optimizer, gradients) => optimizer.Step(gradients, Overflow()));
        steps = 0;
        double[] plain = Run(type, options, (optimizer, gradients) =>
        {
            optimizer.StepCount.add_(1);
            AdamWReference.Step(optimizer, gradients, options, Overflow());
        });

        Tensor Overflow() => every3rd.fill_(++steps % 3 == 0 ? 1 : 0);

        for (int i = 0; i < plain.Length; i++)
        {
            Assert.Equal(plain[i], fused[i], tolerance);
        }
    }

    [Fact]
    public void The_step_count_and_the_rate_are_tensors()
    {
        using Tensor parameter = ones([3], requires_grad: true);
        using Tensor gradient = ones(3);
        using FusedAdamW optimizer = new([parameter]);
        optimizer.SetLearningRate(0.5);
        optimizer.Step(new TensorList([gradient]));
        optimizer.Step(new TensorList([gradient]));
        Assert.Equal(2f, optimizer.StepCount.item<float>());
        Assert.Equal(0.5f, optimizer.LearningRate.item<float>());
        Assert.Equal([0f, 0f, 0f], parameter.detach().data<float>().ToArray().Select(v => MathF.Round(v, 4)));
    }

    [Fact]
    public void An_overflow_leaves_everything_as_it_was()
    {
        using Tensor parameter = tensor(new float[] { 1, 2, 3 });
        using Tensor good = ones(3);
        using Tensor bad = tensor(new[] { 1, float.PositiveInfinity, float.NaN });
        using Tensor overflow = zeros([], float32);
        using FusedAdamW optimizer = new([parameter], Options with { IsDecoupled = false });
        optimizer.SetLearningRate(0.5);
        optimizer.Step(new TensorList([good]), overflow);
        float[] before = [.. Values(parameter, optimizer)];
        overflow.fill_(1);

        for (int i = 0; i < 1000; i++)      // a thousand optional arguments that the callee frees
        {
            optimizer.Step(new TensorList([bad]), overflow);
        }

        Assert.Equal(before, Values(parameter, optimizer));
        Assert.Equal(1f, optimizer.StepCount.item<float>());
        overflow.fill_(0);
        optimizer.Step(new TensorList([good]), overflow);
        Assert.Equal(2f, optimizer.StepCount.item<float>());

        static IEnumerable<float> Values(Tensor parameter, FusedAdamW optimizer) =>
            new[] { parameter, optimizer.FirstMoments[0], optimizer.SecondMoments[0] }.SelectMany(t => t.data<float>().ToArray());
    }

    [Fact]
    public void Constants_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamWOptions { Beta2 = 1 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamWOptions { Epsilon = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamWOptions { WeightDecay = -1 }.Validate());
    }

    private static double[] Run(ScalarType type, AdamWOptions options, Action<FusedAdamW, TensorList> step)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parameters = [Values(12, 0.1, type).reshape(3, 4), Values(5, 0.5, type)];
        using FusedAdamW optimizer = new(parameters, options);
        for (int i = 0; i < 10; i++)
        {
            optimizer.SetLearningRate(Math.Pow(2, -(i + 4)));
            step(optimizer, new TensorList([Values(12, 0.3 * i, type).reshape(3, 4), Values(5, 0.9 * i, type)]));
        }

        return parameters.SelectMany(p => p.to(float64).reshape(-1).data<double>().ToArray()).ToArray();
    }

    private static Tensor Values(int count, double phase, ScalarType type) =>
        sin((arange(count, dtype: float64) * 0.7) + phase).to(type);
}
