namespace Vsr.Models.PyTorch;

/// <summary>What is wrong with a pickle, its offset included.</summary>
internal sealed class PlacedFormatException(string message, Exception? innerException = null) : FormatException(message, innerException);
