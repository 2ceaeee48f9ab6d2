using Vsr.Data.Preparation.Layout;
using Vsr.Data.Preparation.Manifests;
using Vsr.Video;

namespace Vsr.Data.Preparation.Transcoding;

/// <summary>Copies all scenes of a folder, several at a time; finished ones are skipped, failing ones are named and the rest goes on.</summary>
internal sealed class CopyRun
{
    private readonly CopyPlan _plan;
    private readonly IPreparationObserver? _observer;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, CopyEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<PreparationFailure> _failures = [];
    private int _made;
    private int _skipped;

    public CopyRun(CopyPlan plan, IPreparationObserver? observer)
    {
        _plan = plan;
        _observer = observer;
    }

    /// <summary>Copies what is missing.</summary>
    /// <param name="copy">Makes one copy, whole or not at all; called on several threads.</param>
    /// <param name="cancellation">Stops after the present frames.</param>
    public PreparationResult Run(Func<SceneCopy, PreparationClock, CancellationToken, CopyEntry> copy, CancellationToken cancellation)
    {
        IReadOnlyList<string> scenes = _plan.List();
        List<SceneCopy> wanted = [.. scenes.Select(Open).OfType<SceneCopy>()];
        RequireOneEach(wanted);
        wanted = new EnlargementCheck(_plan, _observer).Choose(wanted);
        if (wanted.Count > 0)
        {
            using FolderLock work = new(_plan.To);
            SceneCopy[] missing = [.. Missing(wanted)];
            PreparationClock clock = new(Step, missing.Sum(scene => (long)scene.Frames), _observer);
            WriteManifest();
            CopyAll(missing, (scene, token) => copy(scene, clock, token), cancellation);
        }

        return new PreparationResult { Folder = _plan.To, Made = _made, Skipped = _skipped, Failures = _failures };
    }

    private string Step => _plan.Resolution.Name;

    private SceneCopy? Open(string scene)
    {
        string path = Path.Combine(_plan.From, scene);
        try
        {
            using FrameReader reader = new(path, new FrameReaderOptions { MemoryLimitBytes = 0 });
            return new SceneCopy(path, SourceEntry.Of(path), _plan.TargetOf(scene), reader.Stream, reader.FrameCount);
        }
        catch (VsrException failure)
        {
            _failures.Add(new PreparationFailure(path, failure.Message));
            return null;
        }
    }

    private static void RequireOneEach(List<SceneCopy> wanted)
    {
        SceneCopy[]? same = wanted.GroupBy(scene => scene.Target).FirstOrDefault(group => group.Count() > 1)?.ToArray();
        if (same is not null)
        {
            throw new VsrException($"{same[0].Path} and {same[1].Path} would both become {same[0].Target}; rename one of them");
        }
    }

    private IEnumerable<SceneCopy> Missing(List<SceneCopy> wanted)
    {
        if (ManifestFile.Read<CopyManifest>(_plan.To, _plan.MadeBy) is { } manifest)
        {
            ManifestFile.RequireSame(_plan.To, manifest.Settings, _plan.Settings);
            foreach (CopyEntry entry in manifest.Files)
            {
                _entries[entry.File] = entry;
            }
        }

        foreach (SceneCopy scene in wanted)
        {
            string target = Path.Combine(_plan.To, scene.Target);
            if (_entries.TryGetValue(scene.Target, out CopyEntry? entry) && Path.Exists(target))
            {
                _skipped += entry.IsOf(scene.Source) ? 1 : throw new VsrException(
                    $"{target} was made from another {Path.GetFileName(scene.Path)} than there is now")
                {
                    Hint = $"remove the folder {_plan.To} to prepare it anew",
                };
            }
            else
            {
                _entries.Remove(scene.Target);
                yield return scene;
            }
        }
    }

    private void CopyAll(
        SceneCopy[] missing, Func<SceneCopy, CancellationToken, CopyEntry> copy, CancellationToken cancellation)
    {
        FileJobs.Run(missing, _plan.Jobs, Make, Fail, cancellation);

        void Make(SceneCopy scene, CancellationToken token)
        {
            FolderLock.MakeFolderOf(Path.Combine(_plan.To, scene.Target));
            Finish(copy(scene, token));
        }

        void Fail(SceneCopy scene, VsrException failure)
        {
            lock (_lock)
            {
                _failures.Add(new PreparationFailure(scene.Path, failure.Message));
            }
        }
    }

    private void Finish(CopyEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry.File, entry);
            _made++;
            WriteManifest();
        }
    }

    private void WriteManifest() => ManifestFile.Write(_plan.To, new CopyManifest
    {
        MadeBy = _plan.MadeBy,
        Settings = _plan.Settings,
        Files = [.. _entries.Values],
    });
}
