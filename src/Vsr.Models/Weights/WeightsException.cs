namespace Vsr.Models;

/// <summary>A weights file is damaged, or does not fit the network: the message names the file, and the keys that do not fit.</summary>
public sealed class WeightsException : VsrException
{
    /// <summary>Creates the exception for a file with what is wrong.</summary>
    public WeightsException(string path, string reason, Exception? innerException = null)
        : base($"{path}: {reason}", innerException) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Keys that the network has and the file lacks.</summary>
    public IReadOnlyList<string> MissingKeys { get; init; } = [];

    /// <summary>Keys that the file has and the network lacks.</summary>
    public IReadOnlyList<string> UnexpectedKeys { get; init; } = [];

    /// <summary>Keys whose shapes differ, each with both shapes.</summary>
    public IReadOnlyList<string> MisshapenKeys { get; init; } = [];
}
