using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vsr.Training;

namespace Vsr.Cli.Training;

/// <summary>Settings of vsr train from a JSON file: the options by their names, with comments, in sections or not.</summary>
/// <remarks>
/// A key is an option's name without its hyphens in front (any of its names; case, hyphens and underscores do not count) or that of a
/// property of <see cref="TrainingOptions"/>, so that a run's settings.json is a run file, too. Paths are those of the current folder,
/// as on the command line.
/// </remarks>
internal static class RunFile
{
    private static readonly JsonDocumentOptions Json = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>The settings with those of the file changed.</summary>
    /// <exception cref="VsrException">The file is missing or no JSON.</exception>
    /// <exception cref="UsageException">A key or value in it is wrong, as it would be on the command line.</exception>
    public static TrainingOptions Apply(string path, TrainingOptions options) =>
        RunFileEntries.Apply(Flatten(Read(path), path), path, options);

    private static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: Json) as JsonObject
                ?? throw new VsrException($"run file {path}: is no JSON object; write {{ \"network\": \"vsrnet\", ... }}");
        }
        catch (JsonException failure)
        {
            throw new VsrException($"run file {path} is no valid JSON: {Reason(failure)}");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VsrException($"run file {path}: no such file");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"run file {path} cannot be read: {failure.Message}");
        }
    }

    // .NET counts lines and bytes from 0, in words of its own behind the reason.
    private static string Reason(JsonException failure)
    {
        int at = failure.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string reason = at < 0 ? failure.Message : failure.Message[..at];
        return failure is { LineNumber: { } line, BytePositionInLine: { } position }
            ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, byte {position + 1}: {reason}")
            : reason;
    }

    private static List<RunFileEntry> Flatten(JsonObject file, string path)
    {
        List<RunFileEntry> entries = [];
        foreach ((string key, JsonNode? value) in file)
        {
            if (value is not JsonObject section)
            {
                entries.Add(new RunFileEntry(null, key, value));
                continue;
            }

            foreach ((string inner, JsonNode? innerValue) in section)
            {
                entries.Add(innerValue is not JsonObject
                    ? new RunFileEntry(key, inner, innerValue)
                    : throw new UsageException($"run file {path}: '{key}.{inner}' is an object; a section holds settings, not sections"));
            }

            RunFileEntries.RequireSection(key, path);
        }

        return entries;
    }
}
