namespace Vsr.Bench;

/// <summary>What a row found.</summary>
/// <param name="Milliseconds">Of each measured step or frame.</param>
/// <param name="Note">How it was computed.</param>
internal sealed record Measurement(IReadOnlyList<double> Milliseconds, string Note)
{
    /// <summary>The first so many steps are not measured.</summary>
    public const int WarmUp = 5;

    public double Median => Milliseconds.Order().ElementAt(Milliseconds.Count / 2);

    public double Least => Milliseconds.Min();
}
