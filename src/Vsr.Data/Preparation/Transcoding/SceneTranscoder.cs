using Vsr.Data.Preparation.Layout;
using Vsr.Data.Preparation.Manifests;
using Vsr.Data.Preparation.Transcoding;
using Vsr.Video;
using Vsr.Video.Writing;

namespace Vsr.Data.Preparation;

/// <summary>Copies the split scenes to another size, codec and quality, for random access: fixed closed groups of pictures, no sound.</summary>
/// <remarks>
/// Reads MainData/orig/scenes and writes MainData/540p/scenes[/h264][/crf18][/keyint4]/{train,val}/scene_N.mp4, the frames and times of
/// the scene, 4:2:0, in its colours, upright and of square pixels. Several scenes at a time. A run that was interrupted goes on where it
/// stopped when it is started again with the same options.
/// </remarks>
public sealed class SceneTranscoder
{
    private readonly TranscodeOptions _options;
    private readonly int _jobs;
    private readonly int _threads;

    /// <summary>Creates a transcoder.</summary>
    /// <param name="options">What to copy and how.</param>
    /// <exception cref="ArgumentException">An option is out of range, or two contradict each other.</exception>
    public SceneTranscoder(TranscodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _jobs = options.Jobs ?? CopyJobs.Default;
        _threads = Math.Max(1, Environment.ProcessorCount / _jobs);
    }

    /// <summary>Copies the scenes that are not there yet.</summary>
    /// <param name="observer">Is told how it goes on; null for nobody.</param>
    /// <param name="cancellation">Stops after the present frames; finished scenes stay, nothing half-written does.</param>
    /// <returns>What was written. A scene that fails is among the failures, and the others are copied.</returns>
    /// <exception cref="VsrException">There is no such encoder, there are no scenes, the folder was begun with other settings, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PreparationResult Run(IPreparationObserver? observer = null, CancellationToken cancellation = default)
    {
        string encoder = TranscodeEncoding.EncoderOf(_options);
        if (!EncoderFormats.Of(encoder).Contains(_options.PixelFormat))
        {
            throw new VsrException($"this FFmpeg's {encoder} takes no {_options.PixelFormat}; ask for 8 bits a sample");
        }

        CopyPlan plan = new()
        {
            Data = _options.MainData,
            From = DataLayout.Originals(_options.MainData),
            FromMadeBy = SplitManifest.Command,
            To = DataLayout.Scenes(
                _options.MainData, _options.Resolution, new CopyFolder(_options.Codec, _options.Crf, _options.KeyInt)),
            MadeBy = "vsr prepare transcode",
            Settings = ManifestFile.Settings(TranscodeSettings.Of(_options)),
            Resolution = _options.Resolution,
            Enlarge = _options.Enlarge,
            IsUsualSize = _options.IsUsualSize,
            Jobs = _jobs,
            TargetOf = scene => Path.ChangeExtension(scene, ".mp4"),
        };
        return new CopyRun(plan, observer).Run((scene, clock, token) => Copy(scene, plan.To, clock, token), cancellation);
    }

    private CopyEntry Copy(SceneCopy scene, string folder, PreparationClock clock, CancellationToken cancellation)
    {
        using FrameReader reader = new(scene.Path, new FrameReaderOptions { MemoryLimitBytes = 0, Threads = Math.Min(_threads, 4) });
        using ShownFrames frames = new(reader.Stream, _options.Resolution, _options.PixelFormat, _options.Scaling);
        while (true)
        {
            RisingTimes times = RisingTimes.Of(reader.Index, reader.Stream);
            int done = 0;
            VideoWriter? writer = null;
            try
            {
                if (SequentialFrames.Read(reader, 0, null, Write, cancellation))
                {
                    writer!.Finish();
                    return scene.Entry(frames.Width, frames.Height, reader.FrameCount);
                }
            }
            finally
            {
                writer?.Dispose();
            }

            clock.Add(-done);

            void Write(VideoFrame frame)
            {
                using VideoFrame shown = frames.Show(frame);
                writer ??= new VideoWriter(Path.Combine(folder, scene.Target), TranscodeEncoding.For(
                    _options, frames.Width, frames.Height, reader.Stream, shown.Color, _threads));
                writer.Write(shown, times.PtsTicks(frame.Index) - times.PtsTicks(0), times.DurationTicks(frame.Index));
                clock.Add(1);
                done++;
            }
        }
    }
}
