using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vsr.Video;

namespace Vsr.Data.Preparation.Manifests;

/// <summary>Reads and writes manifest.json, and compares the settings of two runs.</summary>
internal static class ManifestFile
{
    private const string Name = "manifest.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,                                      // a null where none may be is a damaged manifest
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,                  // file names as they are
    };

    /// <summary>The path in a folder.</summary>
    public static string In(string folder) => Path.Combine(folder, Name);

    /// <summary>Settings as a manifest holds them.</summary>
    public static JsonObject Settings<T>(T settings) =>
        JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(settings, Options))!.AsObject(); // as it is read back, to be compared

    /// <summary>Reads a folder's manifest; null where there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="madeBy">The command that makes such folders: <c>made_by</c> of their manifests.</param>
    /// <exception cref="VsrException">Another command made the folder, or the manifest cannot be read or is damaged.</exception>
    public static T? Read<T>(string folder, string madeBy)
        where T : class
    {
        string path = In(folder);
        if (!File.Exists(path))
        {
            return null;
        }

        bool isOwn = false;
        try
        {
            byte[] json = File.ReadAllBytes(path);
            RequireMadeBy(folder, madeBy, json);
            isOwn = true;
            return JsonSerializer.Deserialize<T>(json, Options)!;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VsrException($"cannot read {path}: {failure.Message}", failure)
            {
                Hint = isOwn ? $"remove the folder {folder} to prepare it anew" : "give another folder",
            };
        }
    }

    /// <summary>Writes a folder's manifest whole.</summary>
    public static void Write<T>(string folder, T manifest) =>
        TemporaryFile.WriteWhole(In(folder), JsonSerializer.SerializeToUtf8Bytes(manifest, Options));

    /// <summary>Throws when a folder was begun with other settings, naming each difference.</summary>
    /// <exception cref="VsrException">They differ.</exception>
    public static void RequireSame(string folder, JsonObject there, JsonObject now)
    {
        string[] differences = [.. there.Concat(now).Select(pair => pair.Key).Distinct()
            .Where(key => !JsonNode.DeepEquals(there[key], now[key]))
            .Select(key => $"{key} {Shown(there[key])} there, {Shown(now[key])} now")];
        if (differences.Length > 0)
        {
            throw new VsrException($"{folder} was prepared with other settings: {string.Join("; ", differences)}")
            {
                Hint = "give the same settings to go on, or remove that folder to prepare it anew",
            };
        }
    }

    // before its form is looked at, and without advice to remove it: it may be somebody's data
    private static void RequireMadeBy(string folder, string madeBy, byte[] json)
    {
        using JsonDocument manifest = JsonDocument.Parse(json);
        string? maker = manifest.RootElement.ValueKind == JsonValueKind.Object
            && manifest.RootElement.TryGetProperty("made_by", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (maker != madeBy)
        {
            throw new VsrException(maker is null ? $"{In(folder)} was not written by '{madeBy}'" : $"{folder} was made by '{maker}', not by '{madeBy}'")
            {
                Hint = "give another folder",
            };
        }
    }

    private static string Shown(JsonNode? value)
    {
        const int most = 60;
        string text = value?.ToJsonString() ?? "none";
        return text.Length > most ? text[..most] + "..." : text;
    }
}
