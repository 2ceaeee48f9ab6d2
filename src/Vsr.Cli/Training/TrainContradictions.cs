using System.CommandLine;
using System.CommandLine.Parsing;

namespace Vsr.Cli.Training;

/// <summary>Options that say two things at once when both are given in one place: on the command line, or in a run file.</summary>
internal static class TrainContradictions
{
    private static readonly string[] Sizes = ["--crop", "--crop_size"];

    /// <exception cref="UsageException">Two options contradict each other; both are named.</exception>
    public static void Check(ParseResult parsed)
    {
        if (ValueOf(parsed, "--fp16") is { } fp16 && ValueOf(parsed, "--precision") is { } precision && IsTrue(fp16) != (precision == "fp16"))
        {
            Refuse($"--fp16{(IsTrue(fp16) ? "" : " false")} and --precision {precision}");
        }

        RefuseBoth(parsed, "--crop", "--crop_size");
        RefuseBoth(parsed, "--learning-rate", "--max_lr");
        if (ValueOf(parsed, "--is_cropped") is { } cropped && !IsTrue(cropped))
        {
            foreach (string size in Sizes.Where(size => ValueOf(parsed, size) is not null))
            {
                Refuse($"--is_cropped false and {size} {ValueOf(parsed, size)}");
            }
        }
    }

    private static void RefuseBoth(ParseResult parsed, string one, string other)
    {
        if (ValueOf(parsed, one) is { } first && ValueOf(parsed, other) is { } second && first != second)
        {
            Refuse($"{one} {first} and {other} {second}");
        }
    }

    private static void Refuse(string both) => throw new UsageException($"{both} contradict each other; give one");

    /// <summary>What was given, as text: "true" for a flag without a value; null where the option is not there.</summary>
    private static string? ValueOf(ParseResult parsed, string name) => parsed.GetResult(name) is OptionResult { Implicit: false } result
        ? result.Tokens.Count == 0 ? "true" : string.Join(' ', result.Tokens.Select(token => token.Value))
        : null;

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
