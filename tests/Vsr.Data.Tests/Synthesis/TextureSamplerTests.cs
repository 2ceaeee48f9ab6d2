using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

public class TextureSamplerTests
{
    public TextureSamplerTests() => TorchTestBackend.Ensure();

    [Fact]
    public void By_name_and_through_TorchScript_are_the_same_to_the_bit()
    {
        Assert.SkipUnless(Dispatcher.IsAvailable, "the loaded libtorch cannot be called by name");
        using DisposeScope scope = NewDisposeScope();
        using TextureSampler byName = new(byName: true);
        using TextureSampler script = new(byName: false);
        Tensor positions = Positions();

        Assert.Equal(Samples(script, positions), Samples(byName, positions));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pixel_centres_give_the_pixels_and_edges_are_reflected(bool byName)
    {
        Assert.SkipUnless(Dispatcher.IsAvailable || !byName, "the loaded libtorch cannot be called by name");
        using DisposeScope scope = NewDisposeScope();
        using TextureSampler sampler = new(byName);
        float[] centres = [-0.75f, -0.25f, 0.25f, 0.75f, 1.25f, 1.75f];                      // of a row of four, and two beyond
        Tensor positions = stack([tensor(centres), zeros(6)], 1).reshape(1, 1, 6, 2);
        Tensor picture = tensor(new byte[] { 10, 200, 60, 250 }).reshape(1, 1, 4).expand(3, 1, 4);

        float[] row = (sampler.Bicubic(picture, positions)[0, 0, 0] * 255).data<float>().ToArray();

        Assert.All(row.Zip([10f, 200, 60, 250, 250, 60]), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
    }

    // From beyond the left edge to beyond the right one.
    private static Tensor Positions() => (linspace(-1.6, 1.6, 2 * 9 * 11 * 2, ScalarType.Float32) * 7).sin().mul(1.4).reshape(2, 9, 11, 2);

    private static float[] Samples(TextureSampler sampler, Tensor positions)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor picture = (MotionPoolTests.Picture(20, 26) * 255).clamp(0, 255).to(ScalarType.Byte);
        return sampler.Bicubic(picture, positions).data<float>().ToArray();
    }
}
