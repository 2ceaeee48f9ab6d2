using System.Reflection;

namespace Vsr.Training.Running;

/// <summary>A run's settings as TensorBoard's hyper-parameters: those that have a value, under the names of their properties.</summary>
internal static class LoggedSettings
{
    private static readonly string[] Places = [nameof(TrainingOptions.Root), nameof(TrainingOptions.Out), nameof(TrainingOptions.Val)];

    /// <summary>Strings, flags and numbers, as doubles; lists with commas. Names of folders are left out.</summary>
    public static IReadOnlyDictionary<string, object> Of(TrainingOptions options)
    {
        Dictionary<string, object> settings = [];
        foreach (PropertyInfo property in typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!Places.Contains(property.Name) && property.GetValue(options) is { } value)
            {
                settings[property.Name] = value switch
                {
                    string or bool => value,
                    IEnumerable<string> names => string.Join(',', names),
                    _ => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
                };
            }
        }

        return settings;
    }
}
