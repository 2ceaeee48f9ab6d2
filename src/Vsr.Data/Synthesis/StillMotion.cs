using TorchSharp;
using Vsr.Data.Resampling;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Renders one sequence of stills in motion with its exact flow.</summary>
/// <remarks>
/// A background and up to two foreground layers with motions of their own, sampled at twice the size and reduced with the
/// antialiased cubic filter; then gamma, gain and exchanged channels in some. The flow comes out of the same maps.
/// </remarks>
internal sealed class StillMotion : IDisposable
{
    private static readonly int[] LayerCounts = [0, 0, 0, 1, 1, 2];

    private readonly StillSet _stills;
    private readonly MotionPoolOptions _options;
    private readonly Device _device;
    private readonly PointGrid _fine;
    private readonly PointGrid _coarse;
    private readonly TextureSampler _sampler = new();
    private readonly BicubicReduction _halving = new(2);

    public StillMotion(StillSet stills, MotionPoolOptions options, Device device)
    {
        _stills = stills;
        _options = options;
        _device = device;
        double edge = -options.Size / 2.0;
        _fine = new PointGrid(2 * options.Size, edge + 0.25, 0.5, device);
        _coarse = new PointGrid(options.Size / MotionPool.FlowScale, edge + (MotionPool.FlowScale / 2.0), MotionPool.FlowScale, device);
    }

    /// <summary>Renders into place.</summary>
    /// <param name="random">The sequence's random numbers.</param>
    /// <param name="frames">Receives uint8 [T, 3, H, W].</param>
    /// <param name="flow">Receives float16 [2, T, 2, H/4, W/4]: to the previous and to the next frame, low-resolution pixels.</param>
    public void Render(MotionRandom random, Tensor frames, Tensor flow)
    {
        using DisposeScope scope = NewDisposeScope();
        MotionPath path = MotionPath.Draw(random, _options.FrameCount);
        Tensor picture = Texture(_stills.Draw(random, _options.Size), path);           // [T, 3, 2H, 2W]
        Tensor previous = _coarse.Flow(path, -1);                                      // [T, 2, H/4, W/4]
        Tensor next = _coarse.Flow(path, 1);
        for (int layer = random.Choose<int>(LayerCounts); layer > 0; layer--)
        {
            MotionPath own = MotionPath.Draw(random, _options.FrameCount);
            own = random.Chance(0.5) ? own.Following(path, 0.3) : own;
            StillTexture texture = _stills.Draw(random, _options.Size);
            LayerMask mask = new(random, _device);
            picture = picture.lerp(Texture(texture, own), mask.Opacity(_fine, own));
            Tensor covers = mask.Covers(_coarse, own);
            previous = where(covers, _coarse.Flow(own, -1), previous);
            next = where(covers, _coarse.Flow(own, 1), next);
        }

        Tensor reduced = _halving.Along(_halving.Along(picture, 2), 3).clamp_(0, 1);
        frames.copy_(FrameTone.Change(random, reduced).clamp_(0, 1).mul_(255).round_());
        flow.copy_(stack([previous, next], 0) / MotionPool.FlowScale);
    }

    public void Dispose()
    {
        _fine.Dispose();
        _coarse.Dispose();
        _sampler.Dispose();
    }

    private Tensor Texture(StillTexture texture, MotionPath path) =>
        _sampler.Bicubic(texture.Picture, _fine.Positions(path, texture.ToUnits));
}
