using System.CommandLine.Parsing;

namespace Vsr.Cli;

/// <summary>Finds numbers with a comma: the parser would take 0,5 for 5, since commas may part thousands.</summary>
internal static class DecimalComma
{
    /// <summary>What is wrong with the first such value of a command; null where all is well.</summary>
    public static string? Find(CommandResult command)
    {
        foreach (OptionResult result in command.Children.OfType<OptionResult>())
        {
            Type type = Nullable.GetUnderlyingType(result.Option.ValueType) ?? result.Option.ValueType;
            if (type == typeof(double) && result.Tokens.FirstOrDefault(token => token.Value.Contains(',', StringComparison.Ordinal)) is { } token)
            {
                return $"Cannot parse argument '{token.Value}' for option '{result.Option.Name}' as a number. Write it with a point, as 0.5";
            }
        }

        return null;
    }
}
