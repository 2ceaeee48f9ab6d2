using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Vsr.Cli;

/// <summary>What the parser says of a command line, in words that need no knowledge of .NET.</summary>
internal static partial class ParseMessage
{
    private const int MostLettersMistyped = 2;

    /// <summary>What is wrong, a line each, in words of the options given.</summary>
    public static IReadOnlyList<string> Lines(ParseResult parsed) => WrongCommand(parsed) is { } wrong
        ? [wrong]
        : [.. parsed.Errors.Select(error => Of(error, parsed)).Distinct()];

    private static string Of(ParseError error, ParseResult parsed) =>
        Flag(error, parsed) ?? TwoNames(error, parsed) ?? Missing(error, parsed) ?? Surplus(error, parsed) ?? Of(error.Message);

    /// <summary>The message with the type that was expected named as a person would.</summary>
    public static string Of(string message) => ExpectedType().Replace(message, found => $" as {Name(found.Groups[1].Value)}.");

    // What stands behind a command of commands, as vsr and vsr bench are, is to be one of them: no other error matters then.
    private static string? WrongCommand(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0 || command.Action is not null)
        {
            return null;
        }

        string[] names = [.. command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name)];
        string all = $"there are {string.Join(", ", names)}";
        if (parsed.UnmatchedTokens is not [string given, ..])
        {
            return $"a command is missing; {all}";
        }

        string nearest = NearestName.Of(given, names);
        return $"unknown {(given.StartsWith('-') ? "option" : "command")} '{given}'; "
            + (NearestName.Distance(given, nearest) <= MostLettersMistyped ? $"did you mean '{nearest}'?" : all);
    }

    private static string? Missing(ParseError error, ParseResult parsed)
    {
        if (error.SymbolResult is not ArgumentResult { Tokens.Count: 0, Parent: CommandResult })
        {
            return null;
        }

        Command command = parsed.CommandResult.Command;
        IEnumerable<string> missing = command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 })
            .Select(argument => argument.Name);
        return $"{string.Join(" and ", missing)} missing; write vsr {CommandName(parsed)}{string.Join(' ', command.Arguments.Select(argument => argument.Name))}";
    }

    // The parser has an error a word.
    private static string? Surplus(ParseError error, ParseResult parsed) =>
        error.SymbolResult is CommandResult && parsed.UnmatchedTokens.Count > 1
            && parsed.UnmatchedTokens.Any(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal))
            ? $"Unrecognized arguments {string.Join(", ", parsed.UnmatchedTokens.Select(word => $"'{word}'"))}."
            : null;

    /// <summary>"bench loader " for the command of a command; nothing for vsr itself.</summary>
    public static string CommandName(ParseResult parsed)
    {
        string name = "";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command && at != parsed.RootCommandResult; at = at.Parent)
        {
            name = $"{command.Command.Name} {name}";
        }

        return name;
    }

    // A flag takes true or false from the word behind it, and leaves any other word to the command, which has no use for it.
    private static string? Flag(ParseError error, ParseResult parsed) => parsed.Tokens.Zip(parsed.Tokens.Skip(1))
        .Where(pair => pair.First.Type == TokenType.Option && pair.Second.Type == TokenType.Argument)
        .Where(pair => error.SymbolResult is CommandResult && parsed.UnmatchedTokens.Contains(pair.Second.Value)
            && error.Message.Contains($"'{pair.Second.Value}'", StringComparison.Ordinal))
        .Where(pair => OptionOf(parsed, pair.First.Value) is { } option
            && (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) == typeof(bool))
        .Select(pair => $"{pair.First.Value} is true or false, not '{pair.Second.Value}'; alone it is true")
        .FirstOrDefault();

    private static string? TwoNames(ParseError error, ParseResult parsed)
    {
        if (error.SymbolResult is not OptionResult { IdentifierTokenCount: > 1 } result)
        {
            return null;
        }

        string[] names = [.. parsed.Tokens.Where(token => token.Type == TokenType.Option && OptionOf(parsed, token.Value) == result.Option)
            .Select(token => token.Value).Distinct()];
        return names.Length > 1 ? $"{names[0]} and {names[1]} mean the same; give one" : null;
    }

    private static Option? OptionOf(ParseResult parsed, string name) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

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
