using System.Globalization;

namespace Vsr.Cli.Bench.Networks;

/// <summary>What vsr bench network measures: rows a network, precision and size. Null takes the default of the device.</summary>
internal sealed record NetworkBenchSettings
{
    /// <summary>The words for precisions.</summary>
    public static readonly string[] PrecisionNames = ["fp32", "bf16"];

    /// <summary>Some of <see cref="PrecisionNames"/>. Default: that of vsr upscale on the device.</summary>
    public IReadOnlyList<string>? Precisions { get; init; }

    /// <summary>Widths and heights of low-resolution frames. Default: 960x540 on a GPU, 480x270 on the CPU.</summary>
    public IReadOnlyList<(int Width, int Height)>? Sizes { get; init; }

    /// <summary>Measured frames a row. Default: 100 on a GPU, 10 on the CPU.</summary>
    public int? Frames { get; init; }

    /// <summary>Frames before them, besides those that fill the look-ahead. Default: 10 on a GPU, 2 on the CPU.</summary>
    public int? WarmUp { get; init; }

    /// <summary>Whether an attached profiler is to see one frame a row and nothing else.</summary>
    public bool Profile { get; init; }

    /// <summary>Figures of other programs on the same machine: what they are called, and milliseconds a frame.</summary>
    public IReadOnlyList<(string Name, double Milliseconds)> Peers { get; init; } = [];

    /// <summary>Widths and heights as in "960x540,480x270".</summary>
    /// <exception cref="ArgumentException">A part is no size.</exception>
    public static IReadOnlyList<(int Width, int Height)> ParseSizes(string text) => [.. text.Split(',').Select(part =>
        part.Split('x') is [var width, var height] && Side(width) is { } w && Side(height) is { } h
            ? (w, h)
            : throw new ArgumentException($"--size {text}: '{part}' is no size; give width x height of the input in pixels, 16 to 8192, as in 960x540"))];

    /// <summary>A name and milliseconds, as in "recurrent_pytorch.py=13.0".</summary>
    /// <exception cref="ArgumentException">There is no name or no number.</exception>
    public static (string Name, double Milliseconds) ParsePeer(string text)
    {
        int at = text.LastIndexOf('=');
        return at > 0 && double.TryParse(text.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double ms) && ms is > 0 and < 1e9
            ? (text[..at], ms)
            : throw new ArgumentException($"--peer {text}: give a name and milliseconds a frame, as in recurrent_pytorch.py=13.0");
    }

    /// <summary>A setting's name and value, as in "channels=64".</summary>
    /// <exception cref="ArgumentException">There is no '='.</exception>
    public static KeyValuePair<string, string> ParseSetting(string text) => text.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } value]
        ? KeyValuePair.Create(name, value)
        : throw new ArgumentException($"--setting {text}: give a name and a value, as in channels=64");

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says value, limit and fix.</exception>
    public void Validate()
    {
        foreach (string precision in Precisions ?? [])
        {
            if (!PrecisionNames.Contains(precision))
            {
                throw new ArgumentException($"--precision {precision} is unknown; use {string.Join(" or ", PrecisionNames)}");
            }
        }

        BenchSettings.Require("--frames", Frames ?? 1, 1, 1_000_000);
        BenchSettings.Require("--warm-up", WarmUp ?? 0, 0, 1_000_000);
    }

    /// <summary>With the defaults of a device filled in.</summary>
    /// <param name="onGpu">Whether it is a GPU.</param>
    /// <param name="prefersBf16">Whether vsr upscale computes in bf16 there.</param>
    public NetworkBenchSettings For(bool onGpu, bool prefersBf16) => this with
    {
        Precisions = Precisions ?? [prefersBf16 ? "bf16" : "fp32"],
        Sizes = Sizes ?? [onGpu ? (960, 540) : (480, 270)],
        Frames = Frames ?? (onGpu ? 100 : 10),
        WarmUp = WarmUp ?? (onGpu ? 10 : 2),
    };

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 16 and <= 8192 ? side : null;
}
