using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vsr.Plots;

/// <summary>JSON that runs wrote.</summary>
internal static class JsonFiles
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="ReportException">It is missing or damaged.</exception>
    public static JsonNode Read(string path) => Parse(path, Text(path));

    /// <summary>Reads a file of one object a line.</summary>
    /// <exception cref="ReportException">It is missing or damaged.</exception>
    public static IEnumerable<JsonNode> ReadLines(string path) =>
        Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse(path, line));

    /// <summary>A number of an object; null where it has none of the name.</summary>
    /// <exception cref="ReportException">It is no object, or what it has there is no number.</exception>
    public static double? Number(string path, JsonNode line, string key) => (line as JsonObject)?[key] switch
    {
        null when line is JsonObject => null,
        JsonValue value when value.TryGetValue(out double number) => number,
        _ => throw new ReportException($"{path} is damaged: {line.ToJsonString()} has no number '{key}'"),
    };

    /// <summary>A number that an object must have.</summary>
    /// <exception cref="ReportException">It has none.</exception>
    public static double RequireNumber(string path, JsonNode line, string key) =>
        Number(path, line, key) ?? throw new ReportException($"{path} is damaged: {line.ToJsonString()} has no number '{key}'");

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ReportException($"{path} cannot be read: {failure.Message}");
        }
    }

    private static JsonNode Parse(string path, string text)
    {
        try
        {
            return JsonNode.Parse(text) ?? throw new ReportException($"{path} holds null");
        }
        catch (JsonException failure)
        {
            throw new ReportException($"{path} is damaged: {failure.Message}");
        }
    }
}
