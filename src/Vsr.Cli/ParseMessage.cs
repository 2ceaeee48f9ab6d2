using System.Text.RegularExpressions;

namespace Vsr.Cli;

/// <summary>What the parser says of a command line, in words that need no knowledge of .NET.</summary>
internal static partial class ParseMessage
{
    /// <summary>The message with the type that was expected named as a person would.</summary>
    public static string Of(string message) => ExpectedType().Replace(message, found => $" as {Name(found.Groups[1].Value)}.");

    private static string Name(string type) => type switch
    {
        _ when type.Contains("UInt", StringComparison.Ordinal) => "a whole number of 0 or more",
        _ when type.Contains("Int", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("Boolean", StringComparison.Ordinal) => "true or false",
        _ => "a number",
    };

    [GeneratedRegex(@" as expected type '(System\.[^']*(?:Int|Double|Single|Boolean)[^']*)'\.$")]
    private static partial Regex ExpectedType();
}
