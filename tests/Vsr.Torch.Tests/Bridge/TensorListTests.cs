using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Bridge;

public sealed class TensorListTests : IDisposable
{
    private readonly DisposeScope _scope;

    public TensorListTests()
    {
        TorchTestBackend.Ensure();
        _scope = NewDisposeScope();
        random.manual_seed(7);
    }

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Copies_across_types()
    {
        TensorList narrow = new(Shapes().Select(s => zeros(s, bfloat16)));
        TensorList wide = new(Shapes().Select(s => randn(s)));
        narrow.Copy(wide);
        for (int i = 0; i < wide.Count; i++)
        {
            Assert.Equal(wide[i].to(bfloat16), narrow[i]);
        }
    }

    [Fact]
    public void Moves_towards_another_list()
    {
        TensorList start = new(Shapes().Select(s => randn(s)));
        TensorList end = new(Shapes().Select(s => randn(s)));
        Tensor[] expected = start.Tensors.Zip(end.Tensors, (a, b) => a + (0.25 * (b - a))).ToArray();
        start.Lerp(end, tensor(0.25f));
        for (int i = 0; i < start.Count; i++)
        {
            Assert.True(TorchTestBackend.RelativeError(start[i], expected[i]) < 1e-6);
        }
    }

    [Fact]
    public void Norm_scaling_and_zeroing_match_plain_sums()
    {
        TensorList list = new(Shapes().Select(s => randn(s)));
        double expected = Math.Sqrt(list.Tensors.Sum(t => t.to(float64).square().sum().item<double>()));
        Assert.Equal(expected, list.GlobalNorm().item<float>(), 1e-5 * expected);

        list.ScaleBy(tensor(2.0f));
        Assert.Equal(2 * expected, list.GlobalNorm().item<float>(), 2e-5 * expected);

        Tensor before = list.ClipGlobalNorm(0.5);
        Assert.Equal(2 * expected, before.item<float>(), 2e-5 * expected);
        Assert.Equal(0.5, list.GlobalNorm().item<float>(), 1e-5);

        list.ClipGlobalNorm(10);
        Assert.Equal(0.5, list.GlobalNorm().item<float>(), 1e-5);

        list.Zero();
        Assert.Equal(0, list.GlobalNorm().item<float>());
    }

    [Fact]
    public void Parameters_that_need_gradients_can_be_changed()
    {
        Tensor parameter = ones([2, 2], requires_grad: true);
        TensorList list = new([parameter]);
        list.ScaleBy(tensor(3.0f));
        Assert.Equal([3f, 3f, 3f, 3f], parameter.detach().data<float>().ToArray());
        Assert.True(parameter.requires_grad);
        Assert.True(parameter.is_leaf);
    }

    [Fact]
    public void Lists_of_different_lengths_are_refused()
    {
        TensorList two = new([ones(1), ones(1)]);
        Assert.Throws<ArgumentException>(() => two.Copy(new TensorList([ones(1)])));
        Assert.Throws<ArgumentException>(() => new TensorList([]));
    }

    private static long[][] Shapes() => [[3, 4], [5], [2, 3, 3, 3], [1]];
}
