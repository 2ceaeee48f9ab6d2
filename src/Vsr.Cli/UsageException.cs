namespace Vsr.Cli;

/// <summary>What is wrong with the command line alone, known without touching a file or a device: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>A second line: what to type instead.</summary>
    public string? Hint { get; init; }
}
