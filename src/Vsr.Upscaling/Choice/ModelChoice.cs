using Vsr.Models;

namespace Vsr.Upscaling;

/// <summary>A network that was chosen for a video.</summary>
/// <param name="Model">The network; its file is there.</param>
/// <param name="Reason">Why this one, in words that follow a colon.</param>
public sealed record ModelChoice(ShippedModel Model, string Reason);
