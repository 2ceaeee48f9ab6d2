namespace Vsr.Training;

/// <summary>A checkpoint is damaged, or does not fit the run that is to go on.</summary>
public sealed class CheckpointException : VsrException
{
    /// <summary>Creates the exception for a checkpoint with what is wrong.</summary>
    public CheckpointException(string path, string reason, Exception? innerException = null)
        : base($"{path}: {reason}", innerException) => Path = path;

    /// <summary>The checkpoint's folder.</summary>
    public string Path { get; }

    /// <summary>The keys or settings that do not fit.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}
