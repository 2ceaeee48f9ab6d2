using System.Text.Json.Nodes;
using Vsr.Data.Preparation.Layout;
using Vsr.Data.Preparation.Manifests;

namespace Vsr.Data.Preparation.Pairs;

/// <summary>Makes all pairs of some clips, several at a time; finished ones are skipped, failing clips are named and the rest goes on.</summary>
internal sealed class PairRun(PairOptions options, int jobs, IPreparationObserver? observer)
{
    private static readonly TimeSpan BetweenManifests = TimeSpan.FromSeconds(1);

    private readonly int _threads = Math.Clamp(Environment.ProcessorCount / jobs, 1, 4);
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, PairEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<PreparationFailure> _failures = [];
    private JsonObject _settings = [];
    private long _manifestWritten;
    private int _made;
    private int _skipped;

    /// <summary>Reads what an earlier run left, and writes the settings down before the first file is made.</summary>
    /// <exception cref="VsrException">The folder was begun with other settings.</exception>
    public void Begin()
    {
        _settings = ManifestFile.Settings(PairSettings.Of(options));
        if (ManifestFile.Read<PairManifest>(options.OutData, PairManifest.Command) is { } manifest)
        {
            ManifestFile.RequireSame(options.OutData, manifest.Settings, _settings);
            foreach (PairEntry entry in manifest.Pairs)
            {
                _entries[entry.Lr] = entry;
            }
        }

        WriteManifest();
    }

    /// <summary>Makes what is missing.</summary>
    /// <param name="clips">Paths of the high-resolution clips.</param>
    /// <param name="cancellation">Stops after the present frames.</param>
    public PreparationResult Run(IReadOnlyList<string> clips, CancellationToken cancellation)
    {
        PairSource[] sources = [.. clips.Select(Open).OfType<PairSource>()];
        PairJob[] missing = [.. Missing(sources)];
        PreparationClock clock = new("pairs", missing.Sum(job => (long)job.Source.Frames), observer);
        FolderLock.MakeFolderOf(Path.Combine(options.OutData, PairJob.Folder, "-"));
        try
        {
            FileJobs.Run(
                missing,
                jobs,
                (job, token) => Finish(PairWriting.Write(job, options.OutData, _threads, clock, token)),
                (job, failure) => Fail(job.Source.Path, failure),
                cancellation);
        }
        finally
        {
            WriteManifest();
        }

        return new PreparationResult
        {
            Folder = options.OutData,
            Made = _made,
            Skipped = _skipped,
            Failures = [.. _failures.DistinctBy(failure => (failure.File, failure.Message))],
        };
    }

    private PairSource? Open(string path)
    {
        try
        {
            using RgbFrames frames = new(path, 1);
            return new PairSource(path, PairSource.NameOf(path), SourceEntry.Of(path), frames.Count);
        }
        catch (VsrException failure)
        {
            Fail(path, failure);
            return null;
        }
    }

    private IEnumerable<PairJob> Missing(PairSource[] sources)
    {
        foreach (PairSource source in sources)
        {
            for (int variant = 0; variant < options.Variants; variant++)
            {
                PairJob job = new(source, ClipDegradation.Draw(options.Degradation, options.Seed, source.Name, variant));
                if (_entries.TryGetValue(job.Target, out PairEntry? entry) && File.Exists(Path.Combine(options.OutData, job.Target)))
                {
                    RequireSame(entry, source);
                    _skipped++;
                }
                else
                {
                    _entries.Remove(job.Target);
                    yield return job;
                }
            }
        }
    }

    private void RequireSame(PairEntry entry, PairSource source)
    {
        if (!entry.IsOf(source.File))
        {
            throw new VsrException($"{Path.Combine(options.OutData, entry.Lr)} was made from another {Path.GetFileName(source.Path)} than there is now")
            {
                Hint = $"remove the folder {options.OutData} to prepare it anew",
            };
        }
    }

    private void Fail(string path, VsrException failure)
    {
        lock (_lock)
        {
            _failures.Add(new PreparationFailure(path, failure.Message));
        }
    }

    private void Finish(PairEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry.Lr, entry);
            _made++;

            // of thousands of pairs the manifest is megabytes; a pair that a killed run did not write down is made again
            if (TimeProvider.System.GetElapsedTime(_manifestWritten) >= BetweenManifests)
            {
                WriteManifest();
            }
        }
    }

    private void WriteManifest()
    {
        ManifestFile.Write(options.OutData, new PairManifest
        {
            Settings = _settings,
            Pairs = [.. _entries.Values],
        });
        _manifestWritten = TimeProvider.System.GetTimestamp();
    }
}
