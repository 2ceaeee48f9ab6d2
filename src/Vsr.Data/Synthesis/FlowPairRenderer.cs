using TorchSharp;
using Vsr.Data.Resampling;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Renders pairs of pictures with their exact flow, at full resolution, from stills.</summary>
/// <remarks>
/// Layers are sampled at twice the size and reduced with the antialiased cubic filter. Then come what makes pictures of one scene differ:
/// brightness, blur and noise. The flow comes out of the maps that the layers are sampled with.
/// </remarks>
internal sealed class FlowPairRenderer : IDisposable
{
    private const double MinZoom = 0.6;
    private const double MaxZoom = 2.2;
    private const double FlatShare = 0.4;

    private readonly StillSet _stills;
    private readonly int _size;
    private readonly Device _device;
    private readonly (Tensor X, Tensor Y) _fine;        // [2S, 2S] each
    private readonly (Tensor X, Tensor Y) _pixels;      // [S, S] each
    private readonly TextureSampler _sampler = new();
    private readonly BicubicReduction _halving = new(2);
    private readonly FlowPairNoise _noise;

    /// <param name="stills">What backgrounds and things show; not owned.</param>
    /// <param name="size">Width and height of the pictures, S.</param>
    /// <param name="seed">What noise is drawn from.</param>
    /// <param name="device">Where pairs are rendered.</param>
    public FlowPairRenderer(StillSet stills, int size, ulong seed, Device device)
    {
        (_stills, _size, _device) = (stills, size, device);
        _fine = Planes(2 * size, 0.5);
        _pixels = Planes(size, 1);
        _noise = new FlowPairNoise(size, seed, device);
    }

    /// <summary>Renders into place.</summary>
    /// <param name="random">The pair's random numbers.</param>
    /// <param name="frames">Receives uint8 [2, 3, S, S].</param>
    /// <param name="flow">Receives float32 [2, S, S]: first(p) = second(p + flow(p)) where nothing is hidden, x then y.</param>
    public void Render(MotionRandom random, Tensor frames, Tensor flow)
    {
        using DisposeScope scope = NewDisposeScope();
        FlowPairScene scene = FlowPairScene.Draw(random, _size);
        (Tensor X, Tensor Y) points = PointsOf(scene.Background);
        Tensor picture = Texture(random, points);                                       // [2, 3, 2S, 2S]
        Tensor exact = FlowOf(scene.Background);                                        // [2, S, S]
        foreach ((LayerShape shape, PairMotion motion) in scene.Things)
        {
            points = PointsOf(motion);
            Tensor texture = Texture(random, points);
            if (random.Chance(FlatShare))
            {
                texture = Flatten(random, texture);
            }

            Tensor opacity = shape.Depth(points.X, points.Y).mul_(2).add_(0.5).clamp_(0, 1).unsqueeze(1);      // [2, 1, 2S, 2S]
            picture = picture.lerp(texture, opacity);
            exact = where(shape.Depth(_pixels.X, _pixels.Y) > 0, FlowOf(motion), exact);
        }

        Tensor reduced = _halving.Along(_halving.Along(picture, 2), 3).clamp_(0, 1);
        frames.copy_(_noise.Add(random, FrameTone.Change(random, reduced)).clamp_(0, 1).mul_(255).round_());
        flow.copy_(exact);
    }

    public void Dispose()
    {
        foreach (Tensor plane in new[] { _fine.X, _fine.Y, _pixels.X, _pixels.Y })
        {
            plane.Dispose();
        }

        _sampler.Dispose();
        _noise.Dispose();
    }

    /// <summary>What both pictures show of a layer, as points of the first: [2, 2S, 2S] each.</summary>
    private (Tensor X, Tensor Y) PointsOf(PairMotion motion)
    {
        (Tensor x, Tensor y) = motion.Backward(_fine.X, _fine.Y);
        return (stack([_fine.X, x]), stack([_fine.Y, y]));
    }

    private Tensor FlowOf(PairMotion motion)
    {
        (Tensor x, Tensor y) = motion.Forward(_pixels.X, _pixels.Y);
        return stack([x - _pixels.X, y - _pixels.Y]);
    }

    private Tensor Texture(MotionRandom random, (Tensor X, Tensor Y) points)
    {
        StillTexture texture = _stills.Draw(random, _size, MinZoom, MaxZoom);
        Affine map = texture.ToUnits;
        Tensor x = (points.X * map.Xx).add_(points.Y, map.Xy).add_(map.X0);
        Tensor y = (points.X * map.Yx).add_(points.Y, map.Yy).add_(map.Y0);
        return _sampler.Bicubic(texture.Picture, stack([x, y], -1));
    }

    /// <summary>A thing with little texture, of about one colour: only its outline tells how it moves.</summary>
    private Tensor Flatten(MotionRandom random, Tensor texture)
    {
        double contrast = random.Uniform(0, 0.5);
        float[] color = [(float)random.Uniform(0, 1), (float)random.Uniform(0, 1), (float)random.Uniform(0, 1)];
        Tensor offset = (tensor(color) * (1 - contrast)).reshape(1, 3, 1, 1).to(_device, non_blocking: true);
        return (texture * contrast).add_(offset);
    }

    /// <summary>Columns and rows of a square grid about the picture's middle, in pixels.</summary>
    private (Tensor X, Tensor Y) Planes(int count, double step)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor line = ((arange(count, ScalarType.Float64) - ((count - 1) / 2.0)) * step).to(ScalarType.Float32, _device);
        return (line.reshape(1, count).expand(count, count).contiguous().DetachFromDisposeScope(),
            line.reshape(count, 1).expand(count, count).contiguous().DetachFromDisposeScope());
    }
}
