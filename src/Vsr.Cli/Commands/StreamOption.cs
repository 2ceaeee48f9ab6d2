using System.CommandLine;
using System.Globalization;

namespace Vsr.Cli.Commands;

/// <summary>--stream N, as every command that reads one video has it.</summary>
internal static class StreamOption
{
    /// <summary>Makes the option for a command; null is the first video stream that is no attached picture.</summary>
    public static Option<int?> Create(string description)
    {
        Option<int?> option = new("--stream") { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int number) && number < 0)
            {
                result.AddError($"--stream {number} is negative; streams count from 0");
            }
        });
        return option;
    }
}
