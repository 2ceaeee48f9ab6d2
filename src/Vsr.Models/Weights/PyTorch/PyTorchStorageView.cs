namespace Vsr.Models.PyTorch;

/// <summary>A part of a storage under a name of its own, as PyTorch 0.x and 1.x wrote it: elements [Start, Start + Count).</summary>
internal sealed record PyTorchStorageView(PyTorchStorage Root, long Start, long Count);
