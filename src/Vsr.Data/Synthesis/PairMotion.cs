using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>How a layer moves from the first picture of a pair to the second: a homography about the layer's middle, bent by waves.</summary>
/// <remarks>
/// The point seen at p in the first picture is seen at q in the second, with q + d(q) = H(p), where d is a sum of three plane waves. So
/// p = H^-1(q + d(q)) is explicit, and q follows by iterating q = H(p) - d(q), which contracts because the waves' slopes sum to at most
/// <see cref="MaxSlope"/>: exact to a thousandth of a pixel.
/// </remarks>
internal sealed class PairMotion
{
    private const double MaxSlope = 0.2;
    private const double MaxTilt = 0.25;            // by how much nearer the layer may come at the picture's edge
    private const int Waves = 3;
    private const int Iterations = 7;
    private const double TwoPi = 2 * Math.PI;

    private readonly Homography _map;
    private readonly Homography _back;
    private readonly float[]? _waves;               // [5, 3]: wave vector x and y, phase, amplitude x and y

    private PairMotion(Homography map, float[]? waves) => (_map, _back, _waves) = (map, map.Inverse(), waves);

    /// <summary>The shift of the layer's middle in pixels.</summary>
    public (double X, double Y) Shift { get; private init; }

    /// <summary>Draws a motion.</summary>
    /// <param name="random">The pair's random numbers.</param>
    /// <param name="shift">The shift of the layer's middle in pixels.</param>
    /// <param name="middle">The layer's middle in the first picture.</param>
    /// <param name="size">The picture's width and height in pixels.</param>
    /// <param name="strength">How much it turns, grows, tilts and bends, 0..1.</param>
    public static PairMotion Draw(MotionRandom random, (double X, double Y) shift, (double X, double Y) middle, int size, double strength)
    {
        (double angle, double zoom) = (random.Normal(0.12 * strength), random.Normal(0.1 * strength));
        (double shearX, double shearY) = (random.Normal(0.04 * strength), random.Normal(0.04 * strength));
        bool isTilted = random.Chance(0.5);
        double tilt = MaxTilt * strength / size;
        (double g, double h) = (random.Uniform(-tilt, tilt), random.Uniform(-tilt, tilt));
        (double sin, double cos) = Math.SinCos(angle);
        (sin, cos) = (sin * Math.Exp(zoom), cos * Math.Exp(zoom));
        Homography map = About(
            (cos + shearX, shearY - sin, sin + shearY, cos - shearX), isTilted ? (g, h) : (0, 0), middle, shift);
        return new(map, random.Chance(0.5) ? DrawWaves(random, size, strength) : null) { Shift = shift };
    }

    /// <summary>Where points of the first picture lie in the second.</summary>
    /// <param name="x">A plane of columns, float32 [h, w].</param>
    /// <param name="y">The plane of rows, of the same shape.</param>
    public (Tensor X, Tensor Y) Forward(Tensor x, Tensor y)
    {
        (Tensor mappedX, Tensor mappedY) = _map.Map(x, y);
        if (_waves is null)
        {
            return (mappedX, mappedY);
        }

        Tensor[] waves = WavesOn(x.device);
        (Tensor atX, Tensor atY) = (mappedX, mappedY);
        for (int i = 0; i < Iterations; i++)
        {
            (Tensor bentX, Tensor bentY) = Bend(waves, atX, atY);
            (atX, atY) = (mappedX - bentX, mappedY - bentY);
        }

        return (atX, atY);
    }

    /// <summary>Where points of the second picture lie in the first.</summary>
    public (Tensor X, Tensor Y) Backward(Tensor x, Tensor y)
    {
        if (_waves is null)
        {
            return _back.Map(x, y);
        }

        (Tensor bentX, Tensor bentY) = Bend(WavesOn(x.device), x, y);
        return _back.Map(x + bentX, y + bentY);
    }

    /// <summary>p to middle + shift + M (p - middle) / (1 + tilt . (p - middle)), written out about the origin.</summary>
    private static Homography About(
        (double Xx, double Xy, double Yx, double Yy) linear, (double X, double Y) tilt, (double X, double Y) middle, (double X, double Y) shift)
    {
        (double toX, double toY) = (middle.X + shift.X, middle.Y + shift.Y);
        double w = 1 - (tilt.X * middle.X) - (tilt.Y * middle.Y);
        double a = linear.Xx + (toX * tilt.X);
        double b = linear.Xy + (toX * tilt.Y);
        double d = linear.Yx + (toY * tilt.X);
        double e = linear.Yy + (toY * tilt.Y);
        double c = toX - (a * middle.X) - (b * middle.Y);
        double f = toY - (d * middle.X) - (e * middle.Y);
        return new(a / w, b / w, c / w, d / w, e / w, f / w, tilt.X / w, tilt.Y / w);
    }

    private static float[] DrawWaves(MotionRandom random, int size, double strength)
    {
        float[] waves = new float[5 * Waves];
        double slope = random.Uniform(0, MaxSlope) * strength / Waves;
        for (int i = 0; i < Waves; i++)
        {
            double number = TwoPi / (size * Math.Exp(random.Uniform(Math.Log(0.2), Math.Log(1.5))));
            (double sin, double cos) = Math.SinCos(random.Uniform(0, TwoPi));
            (double alongY, double alongX) = Math.SinCos(random.Uniform(0, TwoPi));
            (waves[i], waves[Waves + i]) = ((float)(number * cos), (float)(number * sin));
            waves[(2 * Waves) + i] = (float)random.Uniform(0, TwoPi);
            (waves[(3 * Waves) + i], waves[(4 * Waves) + i]) = ((float)(slope / number * alongX), (float)(slope / number * alongY));
        }

        return waves;
    }

    private Tensor[] WavesOn(Device device) => tensor(_waves!).reshape(5, Waves, 1, 1).to(device, non_blocking: true).unbind(0);

    /// <summary>d at points: planes.</summary>
    private static (Tensor X, Tensor Y) Bend(Tensor[] waves, Tensor x, Tensor y)
    {
        Tensor wave = ((waves[0] * x) + (waves[1] * y)).add_(waves[2]).sin_();                  // [3, h, w]
        return ((wave * waves[3]).sum([0L]), (wave * waves[4]).sum([0L]));
    }
}
