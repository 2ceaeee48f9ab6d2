using System.Text.Json;

namespace Vsr.Training.Running;

/// <summary>The files of a training run.</summary>
/// <remarks>settings.json, clips.json, metrics.jsonl, tensorboard/, checkpoints/, weights.safetensors, and flow/, a run of its own, for flow pre-training.</remarks>
internal sealed class RunFolder(string path)
{
    private const int NamesShown = 6;

    // What lies in a run's folder before the run: run files, and where the output of a launch goes.
    private static readonly string[] Harmless = [".json", ".log", ".out", ".err", ".txt"];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public string Path { get; } = path;

    public string Metrics => System.IO.Path.Combine(Path, "metrics.jsonl");

    public string TensorBoard => System.IO.Path.Combine(Path, "tensorboard");

    public string Weights => System.IO.Path.Combine(Path, "weights.safetensors");

    /// <summary>The folder of the checkpoint to go on from; null when there is none.</summary>
    public string? LatestCheckpoint => new Checkpoints.CheckpointFolder(Path).List().Select(entry => entry.Path).FirstOrDefault();

    public RunFolder Flow => new(System.IO.Path.Combine(Path, "flow"));

    private string Clips => System.IO.Path.Combine(Path, "clips.json");

    private string Settings => System.IO.Path.Combine(Path, "settings.json");

    /// <summary>Makes a new run's folder. One that is there may hold logs, run files and hidden files.</summary>
    /// <exception cref="VsrException">It holds a run already, or other things, or it cannot be made.</exception>
    public void Create()
    {
        if (File.Exists(Settings) || File.Exists(Metrics))
        {
            throw new VsrException($"{Path} holds a training run already") { Hint = "add --resume to go on with it, or choose another --out" };
        }

        try
        {
            Directory.CreateDirectory(Path);
            RequireFree();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot make the run's folder {Path}: {failure.Message}", failure);
        }
    }

    /// <summary>Takes a folder away again in which no run began.</summary>
    public void RemoveIfEmpty()
    {
        try
        {
            Directory.Delete(Path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // it holds something, which stays
        }
    }

    /// <summary>The settings of the run in this folder; null when there is none.</summary>
    /// <exception cref="VsrException">The file is damaged.</exception>
    public TrainingOptions? ReadSettings() => Read<TrainingOptions>(Settings);

    /// <summary>The data of the run in this folder; null when it was made before there was a list of them.</summary>
    /// <exception cref="VsrException">The file is damaged.</exception>
    public DataList? ReadClips() => Read<DataList>(Clips);

    /// <summary>Settings as settings.json holds them.</summary>
    public static string ToJson(TrainingOptions options) => JsonSerializer.Serialize(options, Json);

    /// <summary>Stores the settings, with absolute paths, under a temporary name first.</summary>
    public void WriteSettings(TrainingOptions options) => Write(Settings, ToJson(DataFolders.Absolute(options)));

    /// <summary>Stores the list of data likewise.</summary>
    public void WriteClips(DataList clips) => Write(Clips, JsonSerializer.Serialize(clips, Json));

    private void RequireFree()
    {
        string[] others = [.. new DirectoryInfo(Path).EnumerateFileSystemInfos()
            .Where(entry => !entry.Name.StartsWith('.') && (entry is DirectoryInfo || !Harmless.Contains(entry.Extension)))
            .Select(entry => entry.Name).Order(StringComparer.Ordinal)];
        if (others.Length > 0)
        {
            string more = others.Length > NamesShown ? $" and {others.Length - NamesShown} more" : "";
            throw new VsrException($"{Path} holds other things than a training run: {string.Join(", ", others.Take(NamesShown))}{more}")
            {
                Hint = "choose another --out; a folder that is not there is made",
            };
        }
    }

    private static T? Read<T>(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllText(file)) : default;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"{file} cannot be read: {failure.Message}", failure);
        }
    }

    private static void Write(string file, string text)
    {
        string temporary = file + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, file, overwrite: true);
    }
}
