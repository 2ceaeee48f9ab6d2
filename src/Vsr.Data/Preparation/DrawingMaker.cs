using System.Globalization;
using System.Text.Json.Nodes;
using Vsr.Data.Preparation.Layout;
using Vsr.Data.Preparation.Manifests;
using Vsr.Data.Synthesis;
using Vsr.Video;

namespace Vsr.Data.Preparation;

/// <summary>Writes drawn pictures to OUT/drawing-00000.png and so on, so that one sees what is trained on, or trains on them as stills.</summary>
/// <remarks>
/// A picture depends on its number and the seed, so a run that was interrupted goes on where it stopped, and one of more pictures adds to
/// those that are there. OUT/manifest.json has the seed: a folder holds pictures of one.
/// </remarks>
public sealed class DrawingMaker
{
    private readonly DrawingOptions _options;

    /// <summary>Creates a maker of drawings.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public DrawingMaker(DrawingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Draws the pictures that are not there yet.</summary>
    /// <param name="observer">Is told how it goes on; null for nobody.</param>
    /// <param name="cancellation">Stops after the present pictures; these stay, nothing half-written does.</param>
    /// <returns>What was written. A picture that cannot be written is among the failures, and the others are written.</returns>
    /// <exception cref="VsrException">
    /// Another command made the folder, or it has pictures of another seed or of unknown origin under these names, or cannot be written, or the disk is full.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PreparationResult Run(IPreparationObserver? observer = null, CancellationToken cancellation = default)
    {
        using FolderLock work = new(_options.OutData, []);
        Begin();
        int[] missing = [.. Enumerable.Range(0, _options.Count).Where(number => !File.Exists(PathOf(number)))];
        PreparationClock clock = new("drawings", missing.Length, observer) { Unit = "pictures" };
        List<PreparationFailure> failures = [];
        int made = 0;
        FileJobs.Run(missing, _options.Jobs ?? Environment.ProcessorCount, Make, Fail, cancellation);
        return new PreparationResult { Folder = _options.OutData, Made = made, Skipped = _options.Count - missing.Length, Failures = failures };

        void Make(int number, CancellationToken token)
        {
            PictureFile.Write(PathOf(number), DrawnStills.Draw(_options.Seed, number));
            Interlocked.Increment(ref made);
            clock.Add(1);
        }

        void Fail(int number, VsrException failure)
        {
            lock (failures)
            {
                failures.Add(new PreparationFailure(PathOf(number), failure.Message));
            }
        }
    }

    private void Begin()
    {
        JsonObject settings = ManifestFile.Settings(DrawingSettings.Of(_options));
        if (ManifestFile.Read<DrawingManifest>(_options.OutData, DrawingManifest.Command) is { } manifest)
        {
            ManifestFile.RequireSame(_options.OutData, manifest.Settings, settings);
            return;
        }

        if (Enumerable.Range(0, _options.Count).Select(PathOf).FirstOrDefault(File.Exists) is { } stranger)
        {
            throw new VsrException($"{stranger} is there, and no manifest.json that says what drew it")
            {
                Hint = "give another folder, or remove the picture",
            };
        }

        ManifestFile.Write(_options.OutData, new DrawingManifest { Settings = settings });
    }

    private string PathOf(int number) =>
        Path.Combine(_options.OutData, string.Create(CultureInfo.InvariantCulture, $"drawing-{number:00000}.png"));
}
