namespace Vsr.Training.Losses;

/// <summary>The picture losses by the names used on the command line and in checkpoints.</summary>
public static class PictureLoss
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["charbonnier", "mse"];

    /// <summary>The loss of that name, with its defaults.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static IPictureLoss Create(string name) => name switch
    {
        "charbonnier" => new Charbonnier(),
        "mse" => new MeanSquaredError(),
        _ => throw new ArgumentException($"loss '{name}' is unknown; there are {string.Join(", ", Names)}", nameof(name)),
    };
}
