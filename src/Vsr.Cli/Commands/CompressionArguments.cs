using System.CommandLine;
using System.Globalization;
using Vsr.Data;
using Vsr.Training.Evaluation;

namespace Vsr.Cli.Commands;

/// <summary>The options of vsr evaluate that compress the input.</summary>
internal sealed class CompressionArguments
{
    public Option<string?> Crf { get; } = new("--crf")
    {
        Description = "Compress the reduced frames before they are enlarged: constant rate factors with commas between, a table for each.",
    };

    public Option<string?> Codec { get; } = new("--codec") { Description = "With --crf: h264 or hevc. Default: h264." };

    /// <summary>The compressions in the order given; none where the input is not compressed.</summary>
    /// <exception cref="ArgumentException">A value does not exist or is out of range, or is given without the other.</exception>
    public IReadOnlyList<ClipCompression> Read(ParseResult parsed)
    {
        string? codec = parsed.GetValue(Codec);
        if (parsed.GetValue(Crf) is not { } list)
        {
            return codec is null ? [] : throw new ArgumentException("--codec is how --crf compresses; give rate factors too, such as --crf 23,28,33");
        }

        CompressionCodec chosen = CompressionEncoding.CodecOf(codec ?? "h264");
        ClipCompression[] compressions = [.. list.Split(',').Select(text => new ClipCompression(Number(text), chosen))];
        foreach (ClipCompression compression in compressions)
        {
            compression.Validate();
        }

        return compressions.Distinct().Count() == compressions.Length
            ? compressions
            : throw new ArgumentException($"--crf {list} names a rate factor twice");
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new ArgumentException($"--crf: '{text}' is no whole number; write rate factors with commas between, such as 23,28,33");
}
