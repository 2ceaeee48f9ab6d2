using Vsr.Data.Preparation.Frames;
using Vsr.Data.Preparation.Layout;
using Vsr.Data.Preparation.Manifests;
using Vsr.Data.Preparation.Transcoding;
using Vsr.Video;

namespace Vsr.Data.Preparation;

/// <summary>Writes the frames of scenes as pictures, a folder a scene, for loaders that read pictures.</summary>
/// <remarks>
/// Reads MainData/orig/scenes, or the transcoded scenes, and writes MainData/540p/frames[/h264][/crf18][/keyint4][/png][/q4]/{train,val}/N
/// with pictures 00001, 00002 and so on, RGB of 8 bits, upright and of square pixels. A scene's folder appears when it is whole.
/// </remarks>
public sealed class FrameExtractor
{
    private readonly FrameExtractionOptions _options;
    private readonly int _jobs;

    /// <summary>Creates an extractor.</summary>
    /// <param name="options">What to write and how.</param>
    /// <exception cref="ArgumentException">An option is out of range, or two contradict each other.</exception>
    public FrameExtractor(FrameExtractionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _jobs = options.Jobs ?? Environment.ProcessorCount;
    }

    /// <summary>Writes the pictures of the scenes that are not there yet.</summary>
    /// <param name="observer">Is told how it goes on; null for nobody.</param>
    /// <param name="cancellation">Stops after the present frames; finished folders stay, nothing half-written does.</param>
    /// <returns>What was written. A scene that fails is among the failures, and the others are written.</returns>
    /// <exception cref="VsrException">There are no scenes, the folder was begun with other settings, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PreparationResult Run(IPreparationObserver? observer = null, CancellationToken cancellation = default)
    {
        CopyFolder copy = new(_options.Codec, _options.Crf, _options.KeyInt);
        CopyPlan plan = new()
        {
            Data = _options.MainData,
            From = _options.Transcoded
                ? DataLayout.Scenes(_options.MainData, _options.Resolution, copy)
                : DataLayout.Originals(_options.MainData),
            FromMadeBy = _options.Transcoded ? "vsr prepare transcode" : "vsr prepare split",
            To = DataLayout.Frames(_options.MainData, _options.Resolution, copy, _options.Format, _options.Quality),
            MadeBy = "vsr prepare frames",
            Settings = ManifestFile.Settings(FrameSettings.Of(_options)),
            Resolution = _options.Resolution,
            Enlarge = _options.Enlarge,
            Jobs = 1,                                                           // the frames of a scene are shared out instead
            TargetOf = scene => Path.Combine(Path.GetDirectoryName(scene)!, DataLayout.PictureFolder(scene)),
        };
        return new CopyRun(plan, observer).Run((scene, clock, token) => Extract(scene, plan.To, clock, token), cancellation);
    }

    private CopyEntry Extract(SceneCopy scene, string folder, PreparationClock clock, CancellationToken cancellation)
    {
        string target = Path.Combine(folder, scene.Target);
        string temporary = TemporaryFile.NameBeside(target);
        try
        {
            Directory.CreateDirectory(temporary);
            (int width, int height) = new PictureRange(_options, scene, temporary).WriteAll(_jobs, clock, cancellation);
            Directory.Move(temporary, target);
            return scene.Entry(width, height, scene.Frames);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw TemporaryFile.Failure(target, failure);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }
}
