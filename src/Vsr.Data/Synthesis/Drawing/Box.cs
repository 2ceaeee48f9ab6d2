namespace Vsr.Data.Synthesis.Drawing;

/// <summary>A rectangle in pixels of the picture, its right and lower edges outside.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public Point Centre => new((Left + Right) / 2, (Top + Bottom) / 2);

    /// <summary>The shorter side.</summary>
    public double Side => Math.Min(Width, Height);

    /// <summary>The length from corner to corner.</summary>
    public double Diagonal => new Point(Width, Height).Length;

    /// <summary>The box with a margin taken off every side.</summary>
    public Box Inset(double margin) => new(Left + margin, Top + margin, Right - margin, Bottom - margin);

    /// <summary>Somewhere inside, evenly.</summary>
    public Point Somewhere(MotionRandom random) => new(random.Uniform(Left, Right), random.Uniform(Top, Bottom));

    /// <summary>Its corners as a closed outline.</summary>
    public Point[] Outline() => [new(Left, Top), new(Right, Top), new(Right, Bottom), new(Left, Bottom)];
}
