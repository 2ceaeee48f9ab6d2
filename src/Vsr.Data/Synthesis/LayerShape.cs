using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>The outline of a moving thing: a few ellipses, boxes, thin bars and blobs around a middle, some of them holes.</summary>
internal sealed class LayerShape
{
    private const int Harmonics = 5;
    private const double TwoPi = 2 * Math.PI;

    private readonly List<Part> _parts = [];

    private LayerShape((double X, double Y) middle) => Middle = middle;

    private enum Kind
    {
        Ellipse,
        Box,
        Blob,
    }

    /// <summary>The middle in the first picture, pixels from the picture's middle.</summary>
    public (double X, double Y) Middle { get; }

    /// <summary>Draws a shape of about a radius, in pixels.</summary>
    public static LayerShape Draw(MotionRandom random, (double X, double Y) middle, double radius)
    {
        LayerShape shape = new(middle);
        shape._parts.Add(Part.Draw(random, middle, radius, random.Chance(0.5) ? Kind.Blob : random.Chance(0.5) ? Kind.Box : Kind.Ellipse, 1, false));
        for (int more = random.Below(5); more > 0; more--)
        {
            bool isHole = random.Chance(0.15);
            double thinness = isHole || random.Chance(0.4) ? 1 : random.Uniform(2, 5);
            (double X, double Y) at = (middle.X + random.Normal(0.6 * radius), middle.Y + random.Normal(0.6 * radius));
            Kind kind = random.Chance(0.6) ? Kind.Box : Kind.Ellipse;
            shape._parts.Add(Part.Draw(random, at, radius * random.Uniform(0.3, 0.8), kind, thinness, isHole));
        }

        return shape;
    }

    /// <summary>How far inside points of the first picture are, about in pixels; negative outside.</summary>
    public Tensor Depth(Tensor x, Tensor y)
    {
        Tensor depth = _parts[0].Depth(x, y);
        foreach (Part part in _parts.Skip(1))
        {
            Tensor own = part.Depth(x, y);
            depth = part.IsHole ? depth.minimum(own.neg_()) : depth.maximum(own);
        }

        return depth;
    }

    /// <summary>One piece: half its width and height, turned by an angle.</summary>
    private sealed record Part(
        (double X, double Y) At, double Width, double Height, double Angle, Kind Kind, bool IsHole, (double Height, double Phase)[] Waves)
    {
        public static Part Draw(MotionRandom random, (double X, double Y) at, double radius, Kind kind, double thinness, bool isHole)
        {
            double aspect = Math.Exp(random.Normal(0.3)) * Math.Sqrt(thinness);
            var waves = new (double, double)[kind == Kind.Blob ? Harmonics : 0];
            for (int i = 0; i < waves.Length; i++)
            {
                waves[i] = (random.Normal(0.3 / (i + 2)), random.Uniform(0, TwoPi));
            }

            return new(at, radius * aspect, radius / (aspect * Math.Sqrt(thinness)), random.Uniform(0, TwoPi), kind, isHole, waves);
        }

        public Tensor Depth(Tensor x, Tensor y)
        {
            (double sin, double cos) = Math.SinCos(Angle);
            (Tensor fromX, Tensor fromY) = (x - At.X, y - At.Y);
            Tensor u = (fromX * (cos / Width)).add_(fromY * (sin / Width));                     // -1..1 inside
            Tensor v = (fromX * (-sin / Height)).add_(fromY * (cos / Height));
            double pixels = Math.Min(Width, Height);
            if (Kind == Kind.Box)
            {
                return u.abs_().mul_(-Width).add_(Width).minimum(v.abs_().mul_(-Height).add_(Height));
            }

            Tensor length = ((u * u) + (v * v)).sqrt_();
            return Kind == Kind.Ellipse
                ? length.mul_(-pixels).add_(pixels)
                : Radius(u, v).sub_(length).mul_(pixels);
        }

        /// <summary>1 + sum of h_k cos(k angle + phase_k), k = 2..6: an uneven outline.</summary>
        private Tensor Radius(Tensor u, Tensor v)
        {
            Tensor angle = atan2(v, u);
            Tensor radius = ones_like(angle);
            for (int i = 0; i < Waves.Length; i++)
            {
                radius.add_((angle * (i + 2)).add_(Waves[i].Phase).cos_(), Waves[i].Height);
            }

            return radius;
        }
    }
}
