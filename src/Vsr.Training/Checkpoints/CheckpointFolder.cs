using System.Globalization;

namespace Vsr.Training.Checkpoints;

/// <summary>A run's folder of checkpoints: step-00001000, step-00002000, ... Each is whole or not there.</summary>
/// <remarks>
/// A checkpoint is written to a folder with a leading dot and renamed when its files are on the disk, so a run killed at any
/// moment leaves the last whole one. The newest two are kept.
/// </remarks>
internal sealed class CheckpointFolder(string runFolder)
{
    private const string Prefix = "step-";
    private const int Kept = 2;

    private readonly string _folder = Path.Combine(runFolder, "checkpoints");

    /// <summary>The folders of whole checkpoints, newest first.</summary>
    public IReadOnlyList<(long Step, string Path)> List() => !Directory.Exists(_folder)
        ? []
        : Directory.EnumerateDirectories(_folder, Prefix + "*")
            .Select(path => (Step: StepOf(path), Path: path))
            .Where(entry => entry.Step >= 0)
            .OrderByDescending(entry => entry.Step)
            .ToArray();

    /// <summary>Writes a checkpoint; one of the same step is replaced.</summary>
    /// <param name="step">Steps made.</param>
    /// <param name="write">Fills the folder it is given; every file must be flushed to the disk.</param>
    public void Save(long step, Action<string> write)
    {
        Directory.CreateDirectory(_folder);
        RemoveLeftovers();
        string path = Path.Combine(_folder, Prefix + step.ToString("D8", CultureInfo.InvariantCulture));
        string temporary = Path.Combine(_folder, $".{Path.GetFileName(path)}.tmp");
        Directory.CreateDirectory(temporary);
        write(temporary);
        Remove(path);
        Directory.Move(temporary, path);
        foreach ((_, string old) in List().Skip(Kept))
        {
            Remove(old);
        }
    }

    private static long StepOf(string path) =>
        long.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : -1;

    /// <summary>Hides the folder first: half a checkpoint never has a checkpoint's name.</summary>
    private void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            string hidden = Path.Combine(_folder, $".{Path.GetFileName(path)}.old");
            Directory.Move(path, hidden);
            Directory.Delete(hidden, recursive: true);
        }
    }

    private void RemoveLeftovers()
    {
        foreach (string leftover in Directory.EnumerateDirectories(_folder, "." + Prefix + "*"))
        {
            Directory.Delete(leftover, recursive: true);
        }
    }
}
