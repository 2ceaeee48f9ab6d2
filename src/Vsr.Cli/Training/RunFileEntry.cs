using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vsr.Cli.Training;

/// <summary>One setting as a run file or --set gives it.</summary>
/// <param name="Section">The section it stands in; null for none.</param>
/// <param name="Key">Its name as written.</param>
/// <param name="Value">Its value; null is as if it were not there.</param>
internal sealed record RunFileEntry(string? Section, string Key, JsonNode? Value)
{
    /// <summary>The names that mean the same: case, hyphens and underscores do not count.</summary>
    public static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal)
        .Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>The entry of --set: "a.b=c" or "b=c", c as JSON or as plain text.</summary>
    /// <exception cref="UsageException">There is no name or no value.</exception>
    public static RunFileEntry Parse(string assignment)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? "" : assignment[..equals].Trim();
        if (name.Length == 0 || equals == assignment.Length - 1)
        {
            throw new UsageException($"--set {assignment} is no assignment; write --set NAME=VALUE or --set SECTION.NAME=VALUE");
        }

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return new RunFileEntry(dot < 0 ? null : name[..dot], name[(dot + 1)..], ValueOf(assignment[(equals + 1)..]));
    }

    private static JsonNode? ValueOf(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
