using TorchSharp;
using Vsr.Data.Preparation.Layout;
using Vsr.Data.Preparation.Pairs;
using Vsr.Data.Preparation.Transcoding;
using Vsr.Video.Writing;

namespace Vsr.Data.Preparation;

/// <summary>Makes low-resolution files of clips as cameras and encoders make them: blurred, reduced, with noise, compressed; for training on pairs.</summary>
/// <remarks>
/// Writes OUT/lr/NAME-v0.mp4 and so on, each with exactly the frames of its clip, and OUT/manifest.json, which says what belongs together
/// and every number drawn. With stills, sequences of photographs in motion are rendered to OUT/hr/still-00000.mp4 first and degraded like
/// clips. A file depends on its clip, the clip's name and the seed: of H.264 to the byte. A run that was interrupted goes on where it stopped when it
/// is started again with the same options.
/// </remarks>
public sealed class PairMaker
{
    private static readonly string[] Subfolders = [PairJob.Folder, StillRendering.Folder];

    private readonly PairOptions _options;
    private readonly torch.Device? _device;

    /// <summary>Creates a maker of pairs.</summary>
    /// <param name="options">What to degrade and how.</param>
    /// <param name="device">Where stills are rendered; null for the CPU. Without stills TorchSharp is not touched.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public PairMaker(PairOptions options, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _device = device;
    }

    /// <summary>Makes the pairs that are not there yet.</summary>
    /// <param name="observer">Is told how it goes on; null for nobody.</param>
    /// <param name="cancellation">Stops after the present frames; finished files stay, nothing half-written does.</param>
    /// <returns>What was written. A clip that fails is among the failures, and the others are made.</returns>
    /// <exception cref="VsrException">
    /// There is no such encoder, there are no clips, two have one name, the folder was begun with other settings, or the disk is full.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PreparationResult Run(IPreparationObserver? observer = null, CancellationToken cancellation = default)
    {
        RequireEncoders();
        IReadOnlyList<string> clips = _options.Root is null ? [] : DataSet.Open(_options.Root).Training;
        StillRendering? stills = _options.Stills is null ? null : new(_options, _options.Stills, _device ?? torch.CPU);
        RequireOneEach([.. clips, .. stills?.Files ?? []]);
        int jobs = _options.Jobs ?? CopyJobs.Default;
        PairRun run = new(_options, jobs, observer);
        using FolderLock work = new(_options.OutData, Subfolders);
        run.Begin();
        stills?.Run(jobs, observer, cancellation);
        return run.Run([.. clips, .. stills?.Files ?? []], cancellation);
    }

    private void RequireEncoders()
    {
        CompressionCodec[] codecs = _options.Degradation.HevcShare switch
        {
            0 => [CompressionCodec.H264],
            1 => [CompressionCodec.Hevc],
            _ => [CompressionCodec.H264, CompressionCodec.Hevc],
        };
        foreach (CompressionCodec codec in codecs)
        {
            _ = EncoderFormats.Of(CompressionEncoding.EncoderOf(codec));
        }
    }

    private static void RequireOneEach(string[] clips)
    {
        string[]? same = clips.GroupBy(PairSource.NameOf).FirstOrDefault(group => group.Count() > 1)?.ToArray();
        if (same is not null)
        {
            throw new VsrException($"{same[0]} and {same[1]} have one name, which pairs are named after; rename one of them");
        }
    }
}
