namespace Vsr.Plots.Training;

/// <summary>A validation of a training.</summary>
/// <param name="Step">Steps until then.</param>
/// <param name="Seconds">Seconds of training until then.</param>
/// <param name="Score">What the averaged weights score.</param>
internal sealed record CurvePoint(long Step, double Seconds, double Score);
