using System.Runtime.InteropServices;

namespace Vsr.Torch;

/// <summary>libtorch or the GPU is not there, cannot be loaded, or failed while computing.</summary>
public sealed class BackendException : VsrException
{
    private static readonly string[] OutOfMemoryWords = ["out of memory", "can't allocate memory", "not enough memory"];

    /// <summary>Creates the exception with a message that says what was asked for and why it is not there.</summary>
    public BackendException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Turns a failure that libtorch reported through TorchSharp into one with a clear line.</summary>
    /// <param name="failure">What TorchSharp threw.</param>
    /// <param name="doing">What failed, as "training a step".</param>
    public static BackendException From(ExternalException failure, string doing)
    {
        ArgumentNullException.ThrowIfNull(failure);
        bool outOfMemory = OutOfMemoryWords.Any(words => failure.Message.Contains(words, StringComparison.OrdinalIgnoreCase));
        string reason = failure.Message.Split('\n')[0].Trim();
        return new(outOfMemory ? $"out of memory while {doing}: {reason}" : $"{doing} failed: {reason}", failure)
        {
            IsOutOfMemory = outOfMemory,
            Hint = outOfMemory ? "use a smaller batch, crop or frame, or --precision bf16" : null,
        };
    }

    /// <summary>Whether the device's memory did not suffice: a smaller batch, crop or tile would.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>What was tried, in order, each with its outcome.</summary>
    public IReadOnlyList<string> Attempts { get; init; } = [];
}
