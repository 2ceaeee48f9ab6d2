using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Bridge;

public sealed class AutocastScopeTests
{
    public AutocastScopeTests() => TorchTestBackend.Ensure();

    [Fact]
    public void Convolutions_are_narrow_inside_and_wide_outside()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = rand(1, 2, 5, 5);
        Tensor weight = rand(3, 2, 3, 3);
        using (AutocastScope autocast = new(CPU))
        {
            Assert.True(autocast.IsActive);
            Assert.Equal(ScalarType.BFloat16, nn.functional.conv2d(x, weight).dtype);
            using (new AutocastScope(CPU, ScalarType.Float16, cacheWeights: false))
            {
                Assert.Equal(ScalarType.Float16, nn.functional.conv2d(x, weight).dtype);
            }

            Assert.Equal(ScalarType.BFloat16, nn.functional.conv2d(x, weight).dtype);
        }

        Assert.Equal(ScalarType.Float32, nn.functional.conv2d(x, weight).dtype);
    }

    [Fact]
    public void Another_thread_is_not_affected()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = rand(1, 2, 5, 5);
        Tensor weight = rand(3, 2, 3, 3);
        ScalarType type = ScalarType.Byte;
        using (new AutocastScope(CPU))
        {
            Thread other = new(() =>
            {
                using Tensor y = nn.functional.conv2d(x, weight);
                type = y.dtype;
            });
            other.Start();
            other.Join();
        }

        Assert.Equal(ScalarType.Float32, type);
    }
}
