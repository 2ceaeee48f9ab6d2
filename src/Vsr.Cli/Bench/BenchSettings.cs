using System.Globalization;
using Vsr.Data;
using Vsr.Video;

namespace Vsr.Cli.Bench;

/// <summary>What vsr bench loader measures.</summary>
internal sealed record BenchSettings
{
    /// <summary>The words for loaders.</summary>
    public static readonly string[] Loaders = ["video", "software", "png"];

    /// <summary>The user's folder; null for clips that the program makes.</summary>
    public string? Data { get; init; }

    /// <summary>Such as "720p" or "4K": a folder's name, and the height of clips that the program makes.</summary>
    public string Resolution { get; init; } = "720p";

    /// <summary>One of <see cref="Loaders"/>, or "all".</summary>
    public string Loader { get; init; } = "all";

    /// <summary>What decodes for the loader "video".</summary>
    public VideoDecoderKind Decoder { get; init; } = VideoDecoderKind.Auto;

    /// <summary>N.</summary>
    public int Batch { get; init; } = 3;

    /// <summary>H.</summary>
    public int CropHeight { get; init; } = 540;

    /// <summary>W.</summary>
    public int CropWidth { get; init; } = 960;

    /// <summary>T, odd.</summary>
    public int Frames { get; init; } = 3;

    /// <summary>Measured batches a row.</summary>
    public int Batches { get; init; } = 500;

    /// <summary>Seconds that a row without computing lasts at least, as some hundred batches may take less than one.</summary>
    public double LeastSeconds { get; init; } = 5;

    /// <summary>Batches before them.</summary>
    public int WarmUp { get; init; } = 20;

    /// <summary>Milliseconds of computing after each batch, a row each.</summary>
    public IReadOnlyList<double> ComputeMs { get; init; } = [0, 100];

    /// <summary>Threads of a loader; 0 lets it choose.</summary>
    public int Threads { get; init; }

    /// <summary>MiB of decoded frames that an additional, cached row may keep; 0 for no such row.</summary>
    public int CacheMib { get; init; }

    /// <summary>Decides the order of windows, crops and flips.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The crop as the option writes it: height x width.</summary>
    public string Crop => string.Create(CultureInfo.InvariantCulture, $"{CropHeight}x{CropWidth}");

    /// <summary>The loaders asked for, in the order of their rows.</summary>
    public IReadOnlyList<string> ChosenLoaders => Loader == "all" ? Loaders : [Loader];

    /// <summary>Lines of a picture: 720 for "720p", 2160 for "4K".</summary>
    public int Height => HeightOf(Resolution) ?? throw new ArgumentException(ResolutionProblem(Resolution));

    /// <summary>The options of the loaders, without a cache.</summary>
    public SequenceLoaderOptions LoaderOptions => new()
    {
        BatchSize = Batch,
        Frames = Frames,
        CropHeight = CropHeight,
        CropWidth = CropWidth,
        Threads = Threads,
        Seed = Seed,
    };

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says value, limit and fix.</exception>
    public void Validate()
    {
        if (HeightOf(Resolution) is null)
        {
            throw new ArgumentException(ResolutionProblem(Resolution));
        }

        Require("--batches", Batches, 1, 10_000_000);
        if (!(LeastSeconds >= 0 && LeastSeconds <= 86_400))
        {
            throw new ArgumentException($"--seconds {LeastSeconds.ToString(CultureInfo.InvariantCulture)} is outside 0 to 86400");
        }

        Require("--warm-up", WarmUp, 0, 1_000_000);
        Require("--batch", Batch, 1, 4096);
        Require("--threads", Threads, 0, 1024);
        Require("--cache", CacheMib, 0, 1 << 20);
        if (ComputeMs.Count == 0 || ComputeMs.Any(ms => !(ms >= 0 && ms <= 60_000)))
        {
            throw new ArgumentException($"--compute-ms {string.Join(",", ComputeMs)}: each must be 0 to 60000, as in 0,100");
        }

        LoaderOptions.Validate();
    }

    /// <summary>Height and width from "540x960".</summary>
    /// <exception cref="ArgumentException">Not two numbers above 0.</exception>
    public static (int Height, int Width) ParseCrop(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2 && IsSize(parts[0], out int height) && IsSize(parts[1], out int width)
            ? (height, width)
            : throw new ArgumentException($"--crop {text} is no size; give height x width in pixels, as in 540x960");
    }

    /// <summary>Numbers separated by commas.</summary>
    /// <exception cref="ArgumentException">A part is no number.</exception>
    public static IReadOnlyList<double> ParseTimes(string text) => [.. text.Split(',').Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double ms)
            ? ms
            : throw new ArgumentException($"--compute-ms {text}: '{part}' is no number; give milliseconds, as in 0,100"))];

    /// <summary>The number of lines that a word stands for; null for an unknown word.</summary>
    public static int? HeightOf(string resolution)
    {
        if (resolution.Equals("4k", StringComparison.OrdinalIgnoreCase))
        {
            return 2160;
        }

        return resolution.EndsWith('p') && IsSize(resolution[..^1], out int height) && height % 2 == 0 ? height : null;
    }

    private static string ResolutionProblem(string resolution) =>
        $"--resolution {resolution} is unknown; use 540p, 720p, 1080p, 4K, or another even number of lines and 'p'";

    private static bool IsSize(string text, out int size) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is > 0 and <= 16384;

    /// <summary>Checks the value of an option.</summary>
    /// <exception cref="ArgumentException">It is outside its range.</exception>
    internal static void Require(string option, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException($"{option} {value} is outside {least} to {most}");
        }
    }
}
