using Vsr.Data.Synthesis;

namespace Vsr.Data.Preparation;

/// <summary>What of the options decides on the pictures, for the manifest.</summary>
internal sealed record DrawingSettings(ulong Seed, int Drawing)
{
    public static DrawingSettings Of(DrawingOptions options) => new(options.Seed, DrawnStills.Version);
}
