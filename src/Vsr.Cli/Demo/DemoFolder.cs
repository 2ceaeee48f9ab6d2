using Vsr.Video;

namespace Vsr.Cli.Demo;

/// <summary>Where the demo finds its clip and writes its files.</summary>
/// <param name="path">The folder of all that is written.</param>
internal sealed class DemoFolder(string path)
{
    public string Path => path;

    /// <summary>A root for training: train/ and val/.</summary>
    public string Data => File("data");

    public string TrainingClip => System.IO.Path.Combine(Data, "train", "first.mkv");

    public string ScoredClip => System.IO.Path.Combine(Data, "val", "last.mkv");

    /// <summary>The training run.</summary>
    public string Run => File("run");

    public string SmallClip => File("small.mp4");

    public string Upscaled => File("upscaled.mp4");

    public string Page => File("report.html");

    public string Figures => File("report.json");

    /// <summary>A file directly in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(path, name);

    /// <summary>The sample clip: beside the program, or in the repository that it was built in.</summary>
    /// <exception cref="VsrException">It is not there.</exception>
    public static string FindSample()
    {
        string name = System.IO.Path.Combine("samples", "blocks.mp4");
        string? folder = AppContext.BaseDirectory;
        for (; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            string candidate = System.IO.Path.Combine(folder, name);
            if (System.IO.File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new VsrException($"the sample clip {name} is neither beside the program nor in a folder above it")
        {
            Hint = "run vsr from a whole clone of its repository",
        };
    }

    /// <summary>Makes the folders and removes the report and the training run of an earlier demo.</summary>
    /// <exception cref="VsrException">The folder cannot be written, or holds another's "run".</exception>
    public void Prepare()
    {
        try
        {
            foreach (string clip in new[] { TrainingClip, ScoredClip })
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(clip)!);
            }

            System.IO.File.Delete(Page);
            System.IO.File.Delete(Figures);
            RemoveRun();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot write to {path}: {failure.Message}", failure)
            {
                Hint = "choose another folder with --out",
            };
        }
    }

    /// <summary>Writes a text under a hidden name and renames it.</summary>
    public static void WriteWhole(string file, string text)
    {
        string temporary = TemporaryFile.NameBeside(file);
        System.IO.File.WriteAllText(temporary, text);
        TemporaryFile.Rename(temporary, file);
    }

    private void RemoveRun()
    {
        if (!Directory.Exists(Run) || !Directory.EnumerateFileSystemEntries(Run).Any())
        {
            return;
        }

        if (!System.IO.File.Exists(System.IO.Path.Combine(Run, "settings.json")))
        {
            throw new VsrException($"{Run} holds something else than a training run")
            {
                Hint = "choose another folder with --out",
            };
        }

        Directory.Delete(Run, recursive: true);
    }
}
