namespace Vsr.Models;

/// <summary>A checkpoint is damaged, holds what is not allowed, or does not fit the run that is to go on.</summary>
/// <remarks>Of a PyTorch file the message names the key, the global or the opcode, and the offset.</remarks>
public sealed class CheckpointException : VsrException
{
    /// <summary>Creates the exception for a checkpoint with what is wrong.</summary>
    public CheckpointException(string path, string reason, Exception? innerException = null)
        : base($"{path}: {reason}", innerException) => Path = path;

    /// <summary>The checkpoint's folder, or the PyTorch file.</summary>
    public string Path { get; }

    /// <summary>The keys or settings that do not fit.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}
