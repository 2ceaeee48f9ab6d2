namespace Vsr.Training.Schedules;

/// <summary>The schedules by the names used on the command line and in checkpoints.</summary>
public static class LearningRateSchedule
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cosine", "constant", "triangular", "one-cycle"];

    /// <summary>The schedule of that name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="warmUpSteps">Steps of linear warm-up; triangular and one-cycle begin low by themselves.</param>
    /// <param name="floor">The lowest factor, 0..1; null for the schedule's own. The constant schedule has none.</param>
    /// <param name="cycleSteps">Steps of a triangle; null for one over the whole run.</param>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static ILearningRateSchedule Create(string name, int warmUpSteps, double? floor = null, long? cycleSteps = null)
    {
        CosineSchedule cosine = new() { WarmUpSteps = warmUpSteps };
        TriangularSchedule triangular = new() { CycleSteps = cycleSteps };
        OneCycleSchedule oneCycle = new();
        return name switch
        {
            "cosine" => cosine with { Floor = floor ?? cosine.Floor },
            "constant" => new ConstantSchedule { WarmUpSteps = warmUpSteps },
            "triangular" => triangular with { Floor = floor ?? triangular.Floor },
            "one-cycle" => oneCycle with { Floor = floor ?? oneCycle.Floor, Start = Math.Max(oneCycle.Start, floor ?? 0) },
            _ => throw new ArgumentException($"schedule '{name}' is unknown; there are {string.Join(", ", Names)}", nameof(name)),
        };
    }
}
