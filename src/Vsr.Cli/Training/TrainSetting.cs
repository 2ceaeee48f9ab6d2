using System.CommandLine;
using Vsr.Training;

namespace Vsr.Cli.Training;

/// <summary>An option of vsr train and what it changes in the settings.</summary>
internal sealed record TrainSetting(Option Option, Func<ParseResult, TrainingOptions, TrainingOptions> Apply)
{
    public static TrainSetting Of<T>(
        string name, string description, Func<TrainingOptions, T, TrainingOptions> change, params string[] aliases)
    {
        Option<T> option = new(name, aliases) { Description = description };
        return new TrainSetting(option, (parsed, options) => change(options, parsed.GetValue(option)!));
    }

    public static TrainSetting List(string name, string description, Func<TrainingOptions, string[], TrainingOptions> change) =>
        Of<string>(name, description, (options, text) =>
            change(options, text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
}
