using Vsr.Data.Preparation.Manifests;
using Vsr.Video;

namespace Vsr.Data.Preparation.Splitting;

/// <summary>Finds the scenes of each film, in their order; a film that cannot be read is noted and has none.</summary>
internal sealed class FilmSurvey(SplitOptions options, IPreparationObserver? observer, CancellationToken cancellation)
{
    /// <summary>Looks at all films.</summary>
    public List<FilmScenes> Find(IReadOnlyList<(string File, string? Subset)> films)
    {
        IReadOnlyList<double>? ends = options.Timestamps is { } list ? TimestampList.Read(list) : null;
        List<FilmScenes> found = [];
        foreach ((string file, string? subset) in films)
        {
            SourceEntry entry = SourceEntry.Of(file) with { Stream = options.Stream };
            try
            {
                found.Add(Look(file, subset, entry, ends));
            }
            catch (VsrException failure) when (ends is null || films.Count > 1 || failure is VideoFormatException)
            {
                found.Add(new FilmScenes(file, subset, entry with { Error = failure.Message }, [], []));
            }
        }

        return found;
    }

    private FilmScenes Look(string file, string? subset, SourceEntry entry, IReadOnlyList<double>? ends)
    {
        using FrameReader reader = new(file, new FrameReaderOptions { Stream = options.Stream, MemoryLimitBytes = 0 });
        IReadOnlyList<int> cuts = ends is null ? Detect(reader, Path.GetFileName(file)) : Place(reader, Path.GetFileName(file), ends);
        VideoStreamInfo stream = reader.Stream;
        entry = entry with
        {
            Stream = stream.Index,
            Frames = reader.FrameCount,
            Width = stream.Width,
            Height = stream.Height,
            PixelFormat = stream.PixelFormat?.Name,
            FrameRate = stream.AverageRate?.ToString(),
            Rotation = stream.Rotation,
        };
        foreach (string warning in reader.Index.Warnings)
        {
            observer?.Note($"{file}: {warning}");
        }

        return new FilmScenes(file, subset, entry, cuts, SceneTimes.Of(reader));
    }

    private IReadOnlyList<int> Detect(FrameReader reader, string name)
    {
        PreparationClock clock = new($"finding cuts in {name}", reader.FrameCount, observer);
        int done = 0;
        return new SceneDetector(options.Detection).Find(
            reader,
            frames =>
            {
                clock.Add(frames - done);
                done = frames;
            },
            cancellation);
    }

    // The film is read through first, so that frames have their final numbers where it is damaged.
    private IReadOnlyList<int> Place(FrameReader reader, string name, IReadOnlyList<double> ends)
    {
        PreparationClock clock = new($"reading {name}", reader.FrameCount, observer);
        while (!SequentialFrames.Read(reader, 0, null, _ => clock.Add(1), cancellation))
        {
        }

        double[] times = SceneTimes.Of(reader);
        IReadOnlyList<int> cuts = TimestampList.Cuts(ends, times, options.Timestamps!);
        return cuts.Count == ends.Count ? WithRest(cuts, times, ends[^1]) : cuts;
    }

    // What follows the last end is a scene too, or belongs to the last one where a rounded time leaves a few frames over.
    private IReadOnlyList<int> WithRest(IReadOnlyList<int> cuts, double[] times, double lastEnd)
    {
        double rest = times[^1] - times[cuts[^1]];
        if (rest < options.Detection.MinLengthSeconds)
        {
            return [.. cuts.SkipLast(1)];
        }

        observer?.Note(FormattableString.Invariant(
            $"after the last time of the list, {lastEnd} s, the film goes on for {rest:0.0} s: they are a scene of their own"));
        return cuts;
    }
}
