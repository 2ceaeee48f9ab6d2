namespace Vsr.Data.Synthesis;

/// <summary>An affine map of the plane: (x, y) to (Xx x + Xy y + X0, Yx x + Yy y + Y0).</summary>
internal readonly record struct Affine(double Xx, double Xy, double X0, double Yx, double Yy, double Y0)
{
    /// <summary>Rotation by an angle with a scale, then a shift.</summary>
    public static Affine Similarity(double scale, double angle, double shiftX, double shiftY)
    {
        (double sin, double cos) = Math.SinCos(angle);
        return new(scale * cos, -scale * sin, shiftX, scale * sin, scale * cos, shiftY);
    }

    /// <summary>This map after <paramref name="first"/>.</summary>
    public Affine After(Affine first) => new(
        (Xx * first.Xx) + (Xy * first.Yx), (Xx * first.Xy) + (Xy * first.Yy), (Xx * first.X0) + (Xy * first.Y0) + X0,
        (Yx * first.Xx) + (Yy * first.Yx), (Yx * first.Xy) + (Yy * first.Yy), (Yx * first.X0) + (Yy * first.Y0) + Y0);

    /// <summary>The map back.</summary>
    public Affine Inverse()
    {
        double determinant = (Xx * Yy) - (Xy * Yx);
        Affine linear = new(Yy / determinant, -Xy / determinant, 0, -Yx / determinant, Xx / determinant, 0);
        return linear with
        {
            X0 = -((linear.Xx * X0) + (linear.Xy * Y0)),
            Y0 = -((linear.Yx * X0) + (linear.Yy * Y0)),
        };
    }
}
