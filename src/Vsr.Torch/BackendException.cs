namespace Vsr.Torch;

/// <summary>libtorch or the GPU is not there, cannot be loaded, or failed while computing.</summary>
public sealed class BackendException : VsrException
{
    /// <summary>Creates the exception with a message that says what was asked for and why it is not there.</summary>
    public BackendException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the device's memory did not suffice: a smaller batch, crop or tile would.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>What was tried, in order, each with its outcome.</summary>
    public IReadOnlyList<string> Attempts { get; init; } = [];
}
