using System.CommandLine;

namespace Vsr.Cli;

/// <summary>Options that take one of a few names.</summary>
internal static class ChoiceOption
{
    /// <summary>Refuses every other value with one line that names the option and its values; help and completion list them.</summary>
    public static void AcceptOnly<T>(this Option<T> option, params string[] values)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !values.Contains(token.Value, StringComparer.Ordinal)) is { } unknown)
            {
                result.AddError($"{result.IdentifierToken?.Value ?? option.Name} {unknown.Value} is unknown; use {ListOf(values)}");
            }
        });
    }

    private static string ListOf(string[] values) =>
        values.Length == 1 ? values[0] : $"{string.Join(", ", values[..^1])} or {values[^1]}";
}
