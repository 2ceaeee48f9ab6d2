using Vsr.Data.Preparation.Layout;
using Vsr.Data.Preparation.Manifests;
using Vsr.Video;
using Vsr.Video.Writing;

namespace Vsr.Data.Preparation.Splitting;

/// <summary>Writes the scenes of a manifest that are not there yet.</summary>
internal sealed class SceneWriting
{
    private readonly string _folder;
    private readonly SplitManifest _manifest;
    private readonly SplitOptions _options;
    private readonly PreparationClock _clock;
    private readonly CancellationToken _cancellation;
    private readonly List<PreparationFailure> _failures = [];
    private readonly List<SceneEntry> _missing;
    private int _made;

    public SceneWriting(
        string folder, SplitManifest manifest, SplitOptions options, IPreparationObserver? observer, CancellationToken cancellation)
    {
        _folder = folder;
        _manifest = manifest;
        _options = options;
        _cancellation = cancellation;
        _missing = [.. manifest.Scenes.Where(scene => !File.Exists(Path.Combine(folder, scene.File)))];
        _clock = new PreparationClock("splitting", _missing.Sum(scene => (long)scene.Frames), observer);
    }

    /// <summary>Writes film by film.</summary>
    /// <param name="films">Where the manifest's sources lie now.</param>
    public PreparationResult Run(IReadOnlyList<(string File, string? Subset)> films)
    {
        for (int i = 0; i < films.Count; i++)
        {
            if (_manifest.Sources[i].Error is { } error)
            {
                _failures.Add(new PreparationFailure(films[i].File, error));
                continue;
            }

            SceneEntry[] scenes = [.. _missing.Where(scene => scene.Source == i)];
            try
            {
                WriteFilm(films[i].File, scenes);
            }
            catch (VsrException failure) when (!DestinationFailure.IsOne(failure))
            {
                _failures.Add(new PreparationFailure(films[i].File, failure.Message));
            }
        }

        return new PreparationResult
        {
            Folder = _folder,
            Made = _made,
            Skipped = _manifest.Scenes.Count - _missing.Count,
            Failures = _failures,
        };
    }

    private void WriteFilm(string film, SceneEntry[] scenes)
    {
        if (scenes.Length == 0)
        {
            return;
        }

        using FrameReader reader = new(film, new FrameReaderOptions { Stream = _options.Stream, MemoryLimitBytes = 0 });
        if (reader.FrameCount != _manifest.Sources[scenes[0].Source].Frames)
        {
            throw Renumbered(film);
        }

        RisingTimes times = RisingTimes.Of(reader.Index, reader.Stream);
        foreach (SceneEntry scene in scenes)
        {
            VideoWriter? writer = null;
            try
            {
                bool isWhole = SequentialFrames.Read(reader, scene.FirstFrame, scene.Frames, Write, _cancellation);
                if (!isWhole)
                {
                    throw Renumbered(film);
                }

                writer!.Finish();
                _made++;
            }
            finally
            {
                writer?.Dispose();
            }

            void Write(VideoFrame frame)
            {
                writer ??= Open(scene, frame, reader.Stream);
                writer.Write(frame, times.PtsTicks(frame.Index) - times.PtsTicks(scene.FirstFrame), times.DurationTicks(frame.Index));
                _clock.Add(1);
            }
        }
    }

    private VideoWriter Open(SceneEntry scene, VideoFrame frame, VideoStreamInfo stream)
    {
        string path = Path.Combine(_folder, scene.File);
        FolderLock.MakeFolderOf(path);
        return new VideoWriter(path, SceneEncoding.For(frame, stream, _options.Lossless));
    }

    private static VideoFormatException Renumbered(string film) =>
        new("its frames are not those that the scenes were found in; remove the scenes to split it anew", film);
}
