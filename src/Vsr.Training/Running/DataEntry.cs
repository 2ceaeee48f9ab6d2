namespace Vsr.Training.Running;

/// <summary>A clip or picture of a run's data, as clips.json has it.</summary>
/// <param name="Name">The path in its folder.</param>
/// <param name="Content">What tells it from another of the same name: "16 frames of 128x96", "20480 bytes"; null where the name is enough.</param>
internal sealed record DataEntry(string Name, string? Content = null);
