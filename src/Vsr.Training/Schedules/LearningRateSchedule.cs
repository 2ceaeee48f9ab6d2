namespace Vsr.Training.Schedules;

/// <summary>The schedules by the names used on the command line and in checkpoints.</summary>
public static class LearningRateSchedule
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cosine", "constant", "triangular"];

    /// <summary>The schedule of that name, with a warm-up shortened for runs of few steps.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="warmUpSteps">Steps of linear warm-up; the triangular schedule has none.</param>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static ILearningRateSchedule Create(string name, int warmUpSteps) => name switch
    {
        "cosine" => new CosineSchedule { WarmUpSteps = warmUpSteps },
        "constant" => new ConstantSchedule { WarmUpSteps = warmUpSteps },
        "triangular" => new TriangularSchedule(),
        _ => throw new ArgumentException($"schedule '{name}' is unknown; there are {string.Join(", ", Names)}", nameof(name)),
    };
}
