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
