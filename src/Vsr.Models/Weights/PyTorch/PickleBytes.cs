namespace Vsr.Models.PyTorch;

/// <summary>A string of Python 2, or bytes of Python 3: text only where text is wanted.</summary>
internal sealed record PickleBytes(byte[] Bytes);
