using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>A projective map of the plane: (x, y) to ((A x + B y + C) / w, (D x + E y + F) / w) with w = G x + H y + 1.</summary>
internal readonly record struct Homography(double A, double B, double C, double D, double E, double F, double G, double H)
{
    /// <summary>The map back; exists where the map itself is no degenerate one.</summary>
    public Homography Inverse()
    {
        // the adjugate, scaled so that its last element is one
        double scale = 1 / ((A * E) - (B * D));
        return new(
            (E - (F * H)) * scale, ((C * H) - B) * scale, ((B * F) - (C * E)) * scale,
            ((F * G) - D) * scale, (A - (C * G)) * scale, ((C * D) - (A * F)) * scale,
            ((D * H) - (E * G)) * scale, ((B * G) - (A * H)) * scale);
    }

    /// <summary>Maps planes of coordinates.</summary>
    public (Tensor X, Tensor Y) Map(Tensor x, Tensor y)
    {
        Tensor mappedX = (x * A).add_(y * B).add_(C);
        Tensor mappedY = (x * D).add_(y * E).add_(F);
        if (G == 0 && H == 0)
        {
            return (mappedX, mappedY);
        }

        Tensor w = (x * G).add_(y * H).add_(1);
        return (mappedX.div_(w), mappedY.div_(w));
    }
}
