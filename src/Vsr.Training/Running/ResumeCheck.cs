using System.Reflection;
using Vsr.Models;

namespace Vsr.Training.Running;

/// <summary>Refuses to go on with a run under other settings than it began with.</summary>
internal static class ResumeCheck
{
    /// <exception cref="CheckpointException">Settings differ: they are listed.</exception>
    public static void RequireSameSettings(TrainingOptions stored, TrainingOptions given)
    {
        string[] different = typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !TrainingOptions.Changeable.Contains(property.Name))
            .Where(property => !Equals(property.GetValue(stored), property.GetValue(given)))
            .Select(property => $"{property.Name} was {Text(property.GetValue(stored))}, is {Text(property.GetValue(given))}")
            .ToArray();
        if (different.Length > 0)
        {
            throw new CheckpointException(given.Out, $"the settings are not those of the run: {string.Join("; ", different)}")
            {
                Keys = different,
                Hint = "leave these options out to take the run's own, or start another run",
            };
        }
    }

    private static string Text(object? value) => FormattableString.Invariant($"{value ?? "not given"}");
}
