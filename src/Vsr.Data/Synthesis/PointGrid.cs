using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>A square grid of points, the origin in the middle of the picture, and what becomes of it along a path.</summary>
/// <remarks>Coordinates are kept as separate planes; maps are multiplied out on the host in double precision.</remarks>
internal sealed class PointGrid : IDisposable
{
    private const int InversionSteps = 3;

    private readonly Device _device;
    private readonly Tensor _x;      // [1, 1, n]
    private readonly Tensor _y;      // [1, n, 1]

    /// <summary>A grid of <paramref name="count"/> by <paramref name="count"/> points from <paramref name="first"/> on.</summary>
    public PointGrid(int count, double first, double step, Device device)
    {
        _device = device;
        using DisposeScope scope = NewDisposeScope();
        Tensor line = (arange(count, ScalarType.Float64) * step + first).to(ScalarType.Float32, device);
        _x = line.reshape(1, 1, count).DetachFromDisposeScope();
        _y = line.reshape(1, count, 1).clone().DetachFromDisposeScope();
    }

    /// <summary>Where each point of each frame lies in a picture: after(u), for grid_sample.</summary>
    /// <param name="path">The layer's motion.</param>
    /// <param name="after">From the layer's points u to grid_sample's units.</param>
    /// <returns>float32 [T, n, n, 2].</returns>
    public Tensor Positions(MotionPath path, Affine after)
    {
        (Tensor x, Tensor y) = Map(path, path.Frames.Select(after.After).ToArray());
        return stack([x, y], -1);
    }

    /// <summary>The exact flow from every frame to a neighbour: the layer's point seen at p is seen at p + f(p) in frame i + shift.</summary>
    /// <param name="path">The layer's motion.</param>
    /// <param name="shift">1 to the next frame, -1 to the previous; the frames at the ends wrap round, their flow means nothing.</param>
    /// <returns>float32 [T, 2, n, n], x then y, high-resolution pixels.</returns>
    public Tensor Flow(MotionPath path, int shift)
    {
        int count = path.Frames.Length;
        Affine[] maps = path.Frames
            .Select((frame, i) => path.Frames[(i + shift + count) % count].Inverse().After(frame)).ToArray();
        (Tensor x, Tensor y) = Map(path, maps);                     // r = p' + d'(p') in the other frame
        (Tensor flowX, Tensor flowY) = (x, y);
        for (int step = 0; path.IsDeformed && step < InversionSteps; step++)
        {
            (Tensor deformX, Tensor deformY) = Deformation(path, flowX, flowY, shift);
            (flowX, flowY) = (x - deformX, y - deformY);
        }

        return stack([flowX - _x, flowY - _y], 1);
    }

    public void Dispose()
    {
        _x.Dispose();
        _y.Dispose();
    }

    /// <summary>One affine map a frame of p + d(p): planes [T, n, n].</summary>
    private (Tensor X, Tensor Y) Map(MotionPath path, Affine[] maps)
    {
        int count = maps.Length;
        float[] packed = new float[6 * count];
        for (int i = 0; i < count; i++)
        {
            Affine map = maps[i];
            (packed[i], packed[count + i], packed[(2 * count) + i]) = ((float)map.Xx, (float)map.Xy, (float)map.X0);
            (packed[(3 * count) + i], packed[(4 * count) + i], packed[(5 * count) + i]) = ((float)map.Yx, (float)map.Yy, (float)map.Y0);
        }

        Tensor[] factors = tensor(packed).reshape(6, count, 1, 1).to(_device, non_blocking: true).unbind(0);
        (Tensor x, Tensor y) = (_x, _y);
        if (path.IsDeformed)
        {
            (Tensor deformX, Tensor deformY) = Deformation(path, _x, _y, shift: 0);
            (x, y) = (_x + deformX, _y + deformY);
        }

        return (factors[2].addcmul(factors[0], x, 1).addcmul(factors[1], y, 1),
            factors[5].addcmul(factors[3], x, 1).addcmul(factors[4], y, 1));
    }

    /// <summary>d of the frames i + shift at points [T or 1, n or 1, n or 1]: planes [T, n, n].</summary>
    private (Tensor X, Tensor Y) Deformation(MotionPath path, Tensor x, Tensor y, int shift)
    {
        int count = path.Frames.Length;
        float[] drift = Enumerable.Range(0, count)
            .Select(i => (float)(path.Phase + (path.Drift * ((i + shift + count) % count)))).ToArray();
        Tensor phase = tensor(drift).reshape(count, 1, 1).to(_device, non_blocking: true);
        Tensor wave = ((x * path.Wave.X) + phase).add(y, path.Wave.Y).sin_();
        return (wave * path.Amplitude.X, wave * path.Amplitude.Y);
    }
}
