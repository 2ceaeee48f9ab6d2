namespace Vsr.Torch;

/// <summary>A part of libtorch that is reached beside TorchSharp, and whether the loaded libtorch has it.</summary>
/// <param name="Name">What it is for, such as "CUDA graphs".</param>
/// <param name="IsThere">Whether everything that it needs was found.</param>
/// <param name="Missing">The functions that were not found, or why it is not there.</param>
/// <param name="Instead">What happens without it.</param>
public sealed record BridgePiece(string Name, bool IsThere, IReadOnlyList<string> Missing, string Instead);
