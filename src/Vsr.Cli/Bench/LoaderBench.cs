using Vsr.Data;
using Vsr.Torch;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench;

/// <summary>Measures one loader in this process: a row a computing time.</summary>
/// <param name="settings">What to measure.</param>
/// <param name="backend">Where batches go.</param>
/// <param name="log">Takes a line a step.</param>
/// <param name="cancellation">Ends the measuring.</param>
internal sealed class LoaderBench(BenchSettings settings, Backend backend, TextWriter log, CancellationToken cancellation)
{
    // of the loop without the loader's batches, before and again after the one with them; more than that gains nothing against its noise
    private const int MostFixedSteps = 100;
    private const double Mib = 1 << 20;

    /// <summary>Measures a loader.</summary>
    /// <param name="loader">video, software or png.</param>
    /// <exception cref="DecoderUnavailableException">NVDEC was asked for and cannot be used.</exception>
    /// <exception cref="VsrException">There are no clips, or they do not serve.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<LoaderRow> Measure(string loader)
    {
        using VideoClipSource clips = VideoClipSource.Open(FindClips(loader), settings.Threads, cancellation);
        foreach (string warning in clips.Warnings)
        {
            log.WriteLine($"vsr: warning: {warning}");
        }

        VideoDecoderKind decoder = loader == "video" ? settings.Decoder : VideoDecoderKind.Software;
        string resolution = ResolutionOf(clips);
        List<LoaderRow> rows = [];
        foreach (int cacheMib in loader == "png" || settings.CacheMib == 0 ? [0] : new[] { 0, settings.CacheMib })
        {
            SequenceLoaderOptions options = settings.LoaderOptions with { CacheBytes = (long)cacheMib << 20 };
            rows.AddRange(Measure(loader, clips, options, decoder).Select(row => row with { Resolution = resolution }));
        }

        return rows;
    }

    private IReadOnlyList<string> FindClips(string loader)
    {
        string cache = Path.Combine(Vsr.Torch.Loading.UserCache.Folder, "bench");
        if (loader == "png" && settings.Data is { } folder && BenchData.FindPictures(folder, settings.Resolution) is { Count: > 0 } pictures)
        {
            log.WriteLine($"reading the pictures in {Path.GetDirectoryName(pictures[0])}");
            return pictures;
        }

        IReadOnlyList<string> videos = settings.Data is { } data
            ? BenchData.FindVideos(data, settings.Resolution)
            : new SampleClips(cache).Prepare(settings.Resolution, settings.Height, log, cancellation);
        return loader == "png" ? new ExtractedPictures(cache).Prepare(videos, log, cancellation) : videos;
    }

    private List<LoaderRow> Measure(string loader, VideoClipSource clips, SequenceLoaderOptions options, VideoDecoderKind decoder)
    {
        Device device = backend.Device;
        using Tensor fixedBatch = zeros([options.BatchSize, options.Frames, 3, settings.CropHeight, settings.CropWidth], device: device);
        long? usedBefore = UsedBytes();
        CreatedLoader created = SequenceLoaderFactory.Create(clips, options, decoder, device);
        using ISequenceLoader reading = created.Loader;
        LoaderRow row = Describe(loader, clips, options, created);
        List<LoaderRow> rows = [];
        using (ComputeLoad none = new(device, 0))            // what the loader makes at its start is not to be taken for the load's
        {
            new LoaderLoop(device, none).Run(reading, settings.WarmUp, TimeSpan.Zero, cancellation);
        }

        foreach (double computeMs in settings.ComputeMs)
        {
            // Made for its rows only: the libraries that compute take memory of their own, on the host too.
            long? usedWithoutLoad = UsedBytes();
            using ComputeLoad load = new(device, computeMs);
            usedBefore += UsedBytes() - usedWithoutLoad;
            StepTimes before = RunFixed(load);
            (LoaderRow measured, StepTimes times) = MeasureRow(row with { ComputeMs = computeMs }, reading, load, usedBefore);
            rows.Add(AddDataTime(measured, times, StepTimes.Mean(before, RunFixed(load)), load.Note));
        }

        foreach (string warning in reading.Warnings.Except(clips.Warnings))
        {
            log.WriteLine($"vsr: warning: {warning}");
        }

        return rows;
    }

    private (LoaderRow Row, StepTimes Times) MeasureRow(LoaderRow row, ISequenceLoader reading, ComputeLoad load, long? usedBefore)
    {
        log.WriteLine(FormattableString.Invariant(
            $"{row.Loader} ({row.Decoder}{(row.Cached ? ", cached" : "")}), {row.ComputeMs:0.#} ms of computing: {settings.Batches} batches after {settings.WarmUp}"));
        LoaderLoop loop = new(backend.Device, load);
        using ProcessWatch watch = new(backend);
        loop.Run(reading, settings.WarmUp, TimeSpan.Zero, cancellation);
        watch.BeginEngines();
        LoaderStatistics begun = reading.Statistics;
        TimeSpan least = TimeSpan.FromSeconds(row.ComputeMs > 0 ? 0 : settings.LeastSeconds);
        StepTimes times = loop.Run(reading, settings.Batches, least, cancellation);
        watch.Dispose();
        LoaderStatistics ended = reading.Statistics;
        long frames = (long)settings.Batch * settings.Frames;
        row = row with
        {
            DeliveredFps = Math.Round(frames * 1000 / times.WallMs, 1),
            DecodedPerDelivered = DecodedPerDelivered(begun, ended),
            MsIter = Rounded(times.WallMs),
            CpuMs = Rounded(times.CpuMs),
            HostRssMib = Rounded(watch.PeakRssMib),
            HostAnonMib = Rounded(watch.PeakAnonMib),
            DeviceMib = Rounded((UsedBytes() - usedBefore) / Mib),
            EnginePercent = Rounded(watch.EnginePercent),
        };
        return (row, times);
    }

    // The same loop without the loader's batches tells what the device's part of a step is; on the CPU there is no such part.
    private StepTimes RunFixed(ComputeLoad load)
    {
        if (!backend.IsCuda)
        {
            return new StepTimes(1, 0, 0, 0, 0, 0);
        }

        int steps = Math.Clamp(settings.Batches, 1, MostFixedSteps);
        LoaderLoop loop = new(backend.Device, load);
        loop.RunFixed(Math.Min(steps, 10), cancellation);
        return loop.RunFixed(steps, cancellation);
    }

    private LoaderRow AddDataTime(LoaderRow row, StepTimes times, StepTimes fixedTimes, string? note)
    {
        double? hostMs = Rounded(times.HostMs);
        double? deviceMs = backend.IsCuda ? Rounded(times.RestMs - fixedTimes.RestMs) : 0;
        string? error = backend.IsCuda && row.ComputeMs > 0
            ? FormattableString.Invariant($"the step without the loader's batches takes {fixedTimes.WallMs:0.00} ms and {fixedTimes.CpuMs:0.00} ms of processor time; data ms is certain to {2 * StepTimes.StandardError(times, fixedTimes):0.000}")
            : null;
        string[] notes = [.. new[] { row.Note, note, error }.OfType<string>()];
        return row with
        {
            DataHostMs = hostMs,
            DataGpuMs = deviceMs,
            DataMs = Rounded(hostMs + deviceMs),
            Note = notes.Length == 0 ? null : string.Join("; ", notes),
        };
    }

    private LoaderRow Describe(string loader, VideoClipSource clips, SequenceLoaderOptions options, CreatedLoader created)
    {
        if (created.Reason is not null)
        {
            log.WriteLine($"{loader}: decoding in software: {created.Reason}");
        }

        return new LoaderRow
        {
            Loader = loader,
            Decoder = created.Decoder == VideoDecoderKind.Nvdec ? "nvdec" : "software",
            Cached = options.CacheBytes > 0,
            ComputeMs = 0,
            Resolution = settings.Resolution,
            Crop = settings.Crop,
            Batch = settings.Batch,
            Frames = settings.Frames,
            DiskBytes = clips.Clips.Sum(clip => BenchData.DiskBytes(clip.Name)),
            Machine = BenchMachine.Describe(backend),
            Note = created.Reason is null ? null : $"software because {created.Reason}",
        };
    }

    private string ResolutionOf(VideoClipSource clips)
    {
        int[] heights = [.. clips.Clips.Select(clip => clip.Height).Distinct()];
        if (heights.Length != 1 || heights[0] == settings.Height)
        {
            return settings.Resolution;
        }

        string actual = $"{heights[0]}p";
        log.WriteLine($"the clips are {clips.Clips[0].Width}x{heights[0]}, not {settings.Resolution}: the rows say {actual}");
        return actual;
    }

    private long? UsedBytes() => DeviceMemory.Query(backend.Device)?.UsedBytes;

    /// <summary>Of the measured part; of the whole run where that part's few batches had all been made ahead; null where nothing is decoded.</summary>
    internal static double? DecodedPerDelivered(LoaderStatistics begun, LoaderStatistics ended)
    {
        long decoded = ended.Decoded - begun.Decoded;
        long delivered = ended.Delivered - begun.Delivered;
        (decoded, delivered) = delivered > 0 ? (decoded, delivered) : (ended.Decoded, ended.Delivered);
        return delivered == 0 ? null : Math.Round(decoded / (double)delivered, 3);
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 3) : null;
}
