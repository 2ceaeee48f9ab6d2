namespace Vsr.Models.PyTorch;

/// <summary>A class or function that a pickle may name. It is a word of the format: nothing of Python is behind it.</summary>
/// <param name="Name">The full name, as "torch.FloatStorage".</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Storage">The element type when it is a storage's class.</param>
internal sealed record PickleGlobal(string Name, PickleGlobalKind Kind, SafetensorsType? Storage = null);
