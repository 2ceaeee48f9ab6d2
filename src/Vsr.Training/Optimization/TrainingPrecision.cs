using static TorchSharp.torch;

namespace Vsr.Training.Optimization;

/// <summary>The precisions of training by the names used on the command line and in settings.</summary>
internal static class TrainingPrecision
{
    public static IReadOnlyList<string> Names { get; } = ["fp32", "bf16", "fp16"];

    /// <summary>The type of the convolutions' weights.</summary>
    public static ScalarType Of(string name) => name switch
    {
        "bf16" => ScalarType.BFloat16,
        "fp16" => ScalarType.Float16,
        _ => ScalarType.Float32,
    };
}
