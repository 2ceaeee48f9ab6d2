namespace Vsr.Data.Synthesis;

/// <summary>How a layer moves: for frame i, the point of the layer seen at p is u = A_i(p + d_i(p)), in high-resolution pixels.</summary>
/// <remarks>
/// A_i is a rotation, zoom and shift; d_i(p) = Amplitude sin(Wave . p + Phase + Drift i), a travelling sine deformation that half of
/// the paths have. Speed is log-uniform from 0.15 to 9 pixels a frame.
/// </remarks>
internal sealed class MotionPath
{
    private const double TwoPi = 2 * Math.PI;

    private MotionPath(Affine[] frames) => Frames = frames;

    /// <summary>A_i for every frame.</summary>
    public Affine[] Frames { get; }

    public (double X, double Y) Amplitude { get; private init; }

    public (double X, double Y) Wave { get; private init; }

    public double Phase { get; private init; }

    public double Drift { get; private init; }

    /// <summary>False when d is zero everywhere.</summary>
    public bool IsDeformed => Amplitude != (0, 0);

    /// <summary>Draws a path.</summary>
    public static MotionPath Draw(MotionRandom random, int frameCount)
    {
        double speed = Math.Exp(random.Uniform(Math.Log(0.15), Math.Log(9)));
        double direction = random.Uniform(0, TwoPi);
        double jitter = random.Chance(0.5) ? random.Uniform(0, 0.5) : 0;
        double acceleration = random.Uniform(-0.1, 0.1) * speed;
        double period = random.Uniform(3, 10);
        (double rotation, double zoom) = (random.Normal(0.003), random.Normal(0.005));
        if (random.Chance(0.3))
        {
            (rotation, zoom) = (0, 0);
        }

        double[] distance = Distances(frameCount, speed, acceleration, period);
        (double sin, double cos) = Math.SinCos(direction);
        Affine[] frames = new Affine[frameCount];
        for (int i = 0; i < frameCount; i++)
        {
            int time = i - (frameCount / 2);
            frames[i] = Affine.Similarity(
                Math.Exp(time * zoom), time * rotation,
                (distance[i] * cos) + random.Normal(jitter), (distance[i] * sin) + random.Normal(jitter));
        }

        return Deform(random, frames);
    }

    /// <summary>The same rotation, zoom and deformation, but moved along with another path and by only a part of the own shift.</summary>
    public MotionPath Following(MotionPath other, double ownShare) => new(
        Frames.Zip(other.Frames, (own, lead) => own with
        {
            X0 = lead.X0 + (ownShare * own.X0),
            Y0 = lead.Y0 + (ownShare * own.Y0),
        }).ToArray())
    {
        Amplitude = Amplitude,
        Wave = Wave,
        Phase = Phase,
        Drift = Drift,
    };

    private static MotionPath Deform(MotionRandom random, Affine[] frames)
    {
        double amplitude = random.Chance(0.5) ? random.Uniform(0, 1.5) : 0;
        double waveNumber = TwoPi / random.Uniform(40, 200);
        (double waveSin, double waveCos) = Math.SinCos(random.Uniform(0, TwoPi));
        (double sin, double cos) = Math.SinCos(random.Uniform(0, TwoPi));
        return new(frames)
        {
            Amplitude = (amplitude * cos, amplitude * sin),
            Wave = (waveNumber * waveCos, waveNumber * waveSin),
            Phase = random.Uniform(0, TwoPi),
            Drift = random.Uniform(-0.5, 0.5),
        };
    }

    /// <summary>The way travelled, zero in the middle frame.</summary>
    private static double[] Distances(int frameCount, double speed, double acceleration, double period)
    {
        double[] distance = new double[frameCount];
        double sum = 0;
        for (int i = 0; i < frameCount; i++)
        {
            sum += speed + (acceleration * Math.Sin((i - (frameCount / 2)) / period));
            distance[i] = sum;
        }

        double middle = distance[frameCount / 2];
        return distance.Select(value => value - middle).ToArray();
    }
}
