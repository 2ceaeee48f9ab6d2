using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vsr.Training;

namespace Vsr.Cli.Training;

/// <summary>Applies the entries of one run file, or of all --set, by way of the options they name.</summary>
internal static class RunFileEntries
{
    private static readonly string[] OnlyOnTheCommandLine = ["device", "libtorch", "threads", "resume", "config", "set", "verbose"];

    private static readonly Dictionary<string, PropertyInfo> Properties = typeof(TrainingOptions)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(property => RunFileEntry.Plain(property.Name));

    private static readonly Dictionary<string, (string Section, TrainSetting Setting)> Settings = TrainSettings.Sections
        .SelectMany(section => section.Settings.SelectMany(setting => setting.Option.Aliases.Append(setting.Option.Name)
            .Select(name => (RunFileEntry.Plain(name), (section.Section, setting)))))
        .DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <param name="entries">What is given, in order.</param>
    /// <param name="source">Where, for messages: a path or "--set".</param>
    /// <param name="options">The settings to change.</param>
    /// <exception cref="UsageException">A key is unknown or in the wrong section, or a value does not fit.</exception>
    public static TrainingOptions Apply(IReadOnlyList<RunFileEntry> entries, string source, TrainingOptions options)
    {
        List<string> arguments = [];
        Dictionary<TrainSetting, string> keys = [];
        JsonObject properties = JsonSerializer.SerializeToNode(options)!.AsObject();
        foreach (RunFileEntry entry in entries)
        {
            string key = RunFileEntry.Plain(entry.Key);
            if (Settings.TryGetValue(key, out (string Section, TrainSetting Setting) known))
            {
                RequireSectionOf(entry, known.Section, source);
                string[] given = [.. Arguments(entry, known.Setting.Option, source)];
                RequireOnce(keys, known.Setting, entry, source, given.Length > 0);
                arguments.AddRange(given);
            }
            else if (entry.Section is null && Properties.TryGetValue(key, out PropertyInfo? property))
            {
                properties[property.Name] = entry.Value?.DeepClone() ?? properties[property.Name]?.DeepClone();
            }
            else
            {
                throw Unknown(entry, source);
            }
        }

        return TrainSettings.Apply(Parse(arguments, source), Deserialize(properties, source));
    }

    /// <exception cref="UsageException">There is no such section.</exception>
    public static void RequireSection(string name, string source)
    {
        string[] sections = [.. TrainSettings.Sections.Select(section => section.Section)];
        if (!sections.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"{source}: unknown section '{name}'; did you mean '{Nearest(name, sections)}'?")
            {
                Hint = $"there are {string.Join(", ", sections)}",
            };
        }
    }

    private static void RequireOnce(
        Dictionary<TrainSetting, string> keys, TrainSetting setting, RunFileEntry entry, string source, bool hasValue)
    {
        string key = entry.Section is null ? entry.Key : $"{entry.Section}.{entry.Key}";
        if (hasValue && !keys.TryAdd(setting, key))
        {
            string before = keys[setting];
            throw new UsageException(before == key
                ? $"{source}: '{key}' is given twice; give it once"
                : $"{source}: '{before}' and '{key}' mean the same; give one");
        }
    }

    private static void RequireSectionOf(RunFileEntry entry, string section, string source)
    {
        if (entry.Section is null)
        {
            return;
        }

        RequireSection(entry.Section, source);
        if (!entry.Section.Equals(section, StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{source}: '{entry.Key}' does not belong to '{entry.Section}'; it is {section}.{entry.Key}");
        }
    }

    private static UsageException Unknown(RunFileEntry entry, string source)
    {
        if (OnlyOnTheCommandLine.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
        {
            return new UsageException($"{source}: '{entry.Key}' is for the command line alone; add --{entry.Key} there");
        }

        if (entry.Section is not null)
        {
            RequireSection(entry.Section, source);
        }

        string[] names = [.. TrainSettings.All.SelectMany(setting => setting.Option.Aliases.Prepend(setting.Option.Name)).Select(Bare)];
        return new UsageException($"{source}: unknown setting '{entry.Key}'; did you mean '{Nearest(entry.Key, names)}'?")
        {
            Hint = "settings have the names of options: vsr train --help",
        };
    }

    private static IEnumerable<string> Arguments(RunFileEntry entry, Option option, string source)
    {
        string[] values = entry.Value switch
        {
            null or JsonArray { Count: 0 } => [],
            JsonArray list when option.Arity.MaximumNumberOfValues > 1 => [.. list.Select(Text)],
            JsonArray list => [string.Join(',', list.Select(Text))],
            JsonValue when option.Arity.MinimumNumberOfValues > 1 => Text(entry.Value).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
            JsonObject => throw new UsageException($"{source}: '{entry.Key}' is an object; give a value"),
            _ => [Text(entry.Value)],
        };
        if (values.Any(string.IsNullOrWhiteSpace))
        {
            throw new UsageException($"{source}: the value of '{entry.Key}' is empty; give one or leave it out");
        }

        RequireFit(entry, values, option, source);
        return values.Length == 1 ? [$"{option.Name}={values[0]}"] : values.Length == 0 ? [] : [option.Name, .. values];
    }

    // The parser would take what is too much for an argument of its own, and name no setting.
    private static void RequireFit(RunFileEntry entry, string[] values, Option option, string source)
    {
        int wanted = option.Arity.MinimumNumberOfValues;
        if (wanted > 1 && values.Length > 0 && values.Length != wanted)
        {
            throw new UsageException($"{source}: '{entry.Key}' takes {wanted} values, not {values.Length}; write them as [512, 960]");
        }

        if (option.ValueType == typeof(bool) && values.Length > 0 && !bool.TryParse(values[0], out _))
        {
            throw new UsageException($"{source}: '{entry.Key}' is true or false, not '{values[0]}'");
        }
    }

    private static string Text(JsonNode? value) => value is JsonValue text && text.GetValueKind() == JsonValueKind.String
        ? text.GetValue<string>()
        : value?.ToJsonString() ?? "";

    private static ParseResult Parse(List<string> arguments, string source)
    {
        Command command = new("train");
        foreach (TrainSetting setting in TrainSettings.All)
        {
            command.Options.Add(setting.Option);
        }

        ParseResult parsed = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string? wrong = parsed.Errors.Count > 0 ? ParseMessage.Of(parsed.Errors[0].Message) : DecimalComma.Find(parsed.CommandResult);
        return wrong is null ? parsed : throw new UsageException($"{source}: {wrong}");
    }

    private static TrainingOptions Deserialize(JsonObject properties, string source)
    {
        try
        {
            return properties.Deserialize<TrainingOptions>()!;
        }
        catch (JsonException failure)
        {
            throw new UsageException($"{source}: {failure.Message}");
        }
    }

    private static string Bare(string option) => option.TrimStart('-');

    private static string Nearest(string name, IEnumerable<string> names) =>
        names.MinBy(known => NearestName.Distance(RunFileEntry.Plain(name), RunFileEntry.Plain(known)))!;
}
