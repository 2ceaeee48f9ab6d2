namespace Vsr.Cli;

/// <summary>What is wrong with the command line alone, known without touching a file or a device: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>A second line: what to type instead.</summary>
    public string? Hint { get; init; }

    /// <summary>What settings' own check finds is wrong on the command line.</summary>
    /// <param name="command">The command, as in "bench train", for the hint.</param>
    /// <param name="read">Makes and checks the settings.</param>
    public static T Of<T>(string command, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException failure)
        {
            throw new UsageException(failure.Message) { Hint = $"see: vsr {command} --help" };
        }
    }
}
