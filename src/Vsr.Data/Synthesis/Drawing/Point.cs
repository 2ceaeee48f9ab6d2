namespace Vsr.Data.Synthesis.Drawing;

/// <summary>A place or a step in pixels of the picture, x to the right, y down.</summary>
internal readonly record struct Point(double X, double Y)
{
    /// <summary>Its distance from the origin.</summary>
    public double Length => Math.Sqrt((X * X) + (Y * Y));

    /// <summary>A quarter turn further, with the same length.</summary>
    public Point Across => new(-Y, X);

    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y);

    public static Point operator -(Point a, Point b) => new(a.X - b.X, a.Y - b.Y);

    public static Point operator *(Point a, double factor) => new(a.X * factor, a.Y * factor);

    /// <summary>The point at a distance in a direction.</summary>
    public static Point Polar(double length, double radians) => new(length * Angle.Cos(radians), length * Angle.Sin(radians));

    /// <summary>Part of the way to another point.</summary>
    public Point Towards(Point other, double share) => new(X + ((other.X - X) * share), Y + ((other.Y - Y) * share));
}
