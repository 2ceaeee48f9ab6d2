using System.Globalization;

namespace Vsr.Cli.Bench;

/// <summary>The options that ask for given settings: what a report quotes and a process of its own is started with.</summary>
internal static class BenchArguments
{
    /// <summary>The options, without the command's name.</summary>
    public static IReadOnlyList<string> Of(BenchSettings settings) =>
    [
        .. settings.Data is { } data ? new[] { "--data", data } : [],
        "--resolution", settings.Resolution,
        "--loader", settings.Loader,
        "--decoder", settings.Decoder.ToString().ToLowerInvariant(),
        "--batch", Text(settings.Batch),
        "--crop", settings.Crop,
        "--frames", Text(settings.Frames),
        "--batches", Text(settings.Batches),
        "--seconds", settings.LeastSeconds.ToString(CultureInfo.InvariantCulture),
        "--warm-up", Text(settings.WarmUp),
        "--compute-ms", string.Join(",", settings.ComputeMs.Select(ms => ms.ToString(CultureInfo.InvariantCulture))),
        .. settings.Threads > 0 ? new[] { "--threads", Text(settings.Threads) } : [],
        .. settings.CacheMib > 0 ? new[] { "--cache", Text(settings.CacheMib) } : [],
        "--seed", settings.Seed.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
