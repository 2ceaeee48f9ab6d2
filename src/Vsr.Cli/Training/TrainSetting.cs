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

    /// <summary>An option of two numbers.</summary>
    public static TrainSetting Pair(
        string name, string description, Func<TrainingOptions, int, int, TrainingOptions> change, params string[] aliases)
    {
        Option<int[]> option = new(name, aliases)
        {
            Description = description,
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        return new TrainSetting(option, (parsed, options) =>
        {
            int[] values = parsed.GetValue(option)!;
            return change(options, values[0], values[1]);
        });
    }

    /// <summary>An option of runs on several GPUs: one value is taken, and changes nothing.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">For the help.</param>
    /// <param name="only">The value; null for any.</param>
    /// <param name="aliases">Other names.</param>
    public static TrainSetting OneProcess<T>(string name, string description, object? only, params string[] aliases) => Of<T>(
        name,
        description,
        (options, value) => only is null || only.Equals(value)
            ? options
            : throw new UsageException($"{name} {value} is not supported: one process trains on one GPU, so {name} is {only}")
            {
                Hint = $"leave {name} out; --device cuda:N chooses the GPU",
            },
        aliases);
}
