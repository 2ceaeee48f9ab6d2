namespace Vsr;

/// <summary>A failure of the environment or of data: a file, a library, a device. Misuse of the API throws BCL argument exceptions.</summary>
/// <remarks>The message says the value, the limit and the fix in one line; it is what the command line prints.</remarks>
public class VsrException : Exception
{
    /// <summary>Creates the exception with a message that says value, limit and fix.</summary>
    public VsrException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and the failure below it.</summary>
    public VsrException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A second line for the user: what to try. Null when the message says all.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether the place that is written to is at fault (full, read-only): whatever else is written there fails too.</summary>
    internal bool IsOfDestination { get; init; }
}
