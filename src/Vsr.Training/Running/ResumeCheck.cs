using System.Reflection;
using Vsr.Models;

namespace Vsr.Training.Running;

/// <summary>Refuses to go on with a run under other settings, or from moved folders with other data, than it began with.</summary>
internal static class ResumeCheck
{
    /// <exception cref="CheckpointException">Settings differ: they are listed.</exception>
    public static void RequireSameSettings(TrainingOptions stored, TrainingOptions given)
    {
        (TrainingOptions was, TrainingOptions now) = (DataFolders.Absolute(stored), DataFolders.Absolute(given));
        string[] different = typeof(TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => !TrainingOptions.Changeable.Contains(property.Name))
            .Where(property => !Equals(property.GetValue(was), property.GetValue(now)))
            .Where(property => !IsMoved(property, was, now))
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

    /// <summary>Compares a resumed run's data with those it began with.</summary>
    /// <param name="began">Theirs, as the run's folder has them; null for a run without a list.</param>
    /// <param name="now">What was found.</param>
    /// <param name="move">Which folders are others: these must hold the same. In the old ones files may have been added or taken away.</param>
    /// <param name="options">The settings.</param>
    /// <param name="observer">Is warned of other data in the old folders, and of what cannot be compared.</param>
    /// <exception cref="CheckpointException">A folder given holds other data than the run began with; the first difference is named.</exception>
    public static void RequireSameData(
        DataList? began, DataList now, DataMove move, TrainingOptions options, ITrainingObserver observer)
    {
        if (began is null)
        {
            if (move.Any)
            {
                observer.Warning($"{options.Out} has no list of its clips: whether the folders given hold the same is not checked");
            }

            return;
        }

        Compare(began.Training, now.Training, move.Root || move.Pairs, options.Pairs is { } pairs
            ? $"the pairs of {pairs}"
            : $"the training clips of {options.Root}");
        Compare(began.Stills, now.Stills, move.Stills, $"the stills of {options.Stills}");
        if (move.Root || move.Val)
        {
            Compare(began.Validation, now.Validation, true, $"the validation clips of {options.Val ?? options.Root}");
        }

        void Compare(IReadOnlyList<DataEntry> before, IReadOnlyList<DataEntry> found, bool mustBeSame, string what)
        {
            if (DataList.FirstDifference(before, found) is not { } difference)
            {
                return;
            }

            if (mustBeSame)
            {
                throw new CheckpointException(options.Out, $"{what} are not those of the run: {difference}")
                {
                    Keys = [difference],
                    Hint = "give the folder that holds the run's own, or start another run",
                };
            }

            observer.Warning($"{what} are not those that the run had so far: {difference}; from here on it differs from one without a stop");
        }
    }

    // One that is new, or gone, is no move.
    private static bool IsMoved(PropertyInfo property, TrainingOptions was, TrainingOptions now) =>
        DataFolders.Movable.Contains(property.Name) && property.GetValue(was) is not null && property.GetValue(now) is not null;

    private static string Text(object? value) => FormattableString.Invariant($"{value ?? "not given"}");
}
