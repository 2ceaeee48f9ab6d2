namespace Vsr.Data.Synthesis;

/// <summary>What a pair of pictures shows: a background and things before it, each with a motion of its own.</summary>
/// <remarks>
/// Four in ten scenes move as little as neighbouring frames of a video do; in the others things travel up to 90 pixels or 0.3 of the
/// picture. Speeds are log-uniform, so that a network sees every order of magnitude equally often.
/// </remarks>
internal sealed class FlowPairScene
{
    private const double SmallShare = 0.4;
    private const double FastestPixels = 90;
    private const double FastestShare = 0.3;
    private static readonly int[] SmallCounts = [0, 0, 0, 1, 1, 2, 3];

    private FlowPairScene(PairMotion background) => Background = background;

    /// <summary>The background's motion.</summary>
    public PairMotion Background { get; }

    /// <summary>The things before it, the nearest last.</summary>
    public List<(LayerShape Shape, PairMotion Motion)> Things { get; } = [];

    /// <summary>Draws a scene for pictures of a width and height in pixels.</summary>
    public static FlowPairScene Draw(MotionRandom random, int size)
    {
        bool isSmall = random.Chance(SmallShare);
        double fastest = Math.Min(FastestPixels, FastestShare * size);
        double speed = isSmall ? Speed(random, 0.05, 4) : Speed(random, 0.3, fastest / 4);
        (double X, double Y) shift = Direction(random, speed);
        FlowPairScene scene = new(PairMotion.Draw(random, shift, (0, 0), size, random.Uniform(0, Strength(speed))));
        for (int more = isSmall ? random.Choose<int>(SmallCounts) : random.Below(8); more > 0; more--)
        {
            double own = isSmall ? Speed(random, 0.1, 5) : Speed(random, 0.5, fastest);
            scene.Things.Add(DrawThing(random, size, shift, own));
        }

        return scene;
    }

    /// <summary>A thing that moves by a speed against the background. The middle of its way is in the picture.</summary>
    private static (LayerShape Shape, PairMotion Motion) DrawThing(
        MotionRandom random, int size, (double X, double Y) background, double speed)
    {
        (double ownX, double ownY) = Direction(random, speed);
        (double X, double Y) shift = (background.X + ownX, background.Y + ownY);
        (double X, double Y) middle = (
            (random.Uniform(-0.5, 0.5) * size) - (shift.X / 2), (random.Uniform(-0.5, 0.5) * size) - (shift.Y / 2));
        double radius = size * Math.Exp(random.Uniform(Math.Log(0.03), Math.Log(0.28)));
        LayerShape shape = LayerShape.Draw(random, middle, radius);
        return (shape, PairMotion.Draw(random, shift, middle, size, random.Uniform(0, Strength(speed))));
    }

    /// <summary>Slow things hardly turn and bend: their motion would not be slow at the picture's edge.</summary>
    private static double Strength(double speed) => Math.Min(1, 0.03 + (speed / 15));

    private static double Speed(MotionRandom random, double least, double most) =>
        Math.Exp(random.Uniform(Math.Log(least), Math.Log(most)));

    private static (double X, double Y) Direction(MotionRandom random, double speed)
    {
        (double sin, double cos) = Math.SinCos(random.Uniform(0, 2 * Math.PI));
        return (speed * cos, speed * sin);
    }
}
