namespace Vsr.Models.Tests.PyTorch;

/// <summary>A tensor as PyTorch says it is.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Dtype">PyTorch's name of the type, as "float32".</param>
/// <param name="Shape">The sides.</param>
/// <param name="Hex">The row-major elements, in hexadecimal.</param>
internal sealed record TorchTensor(string Name, string Dtype, long[] Shape, string Hex)
{
    /// <summary>A tensor as our reader says it is.</summary>
    public static TorchTensor Of(WeightsFile file, WeightsEntry entry) => new(
        entry.Name, DtypeOf(entry.Type), [.. entry.Shape], Convert.ToHexStringLower(file.Read(entry.Name).Data.Span));

    /// <summary>All of them.</summary>
    public static TorchTensor[] AllOf(WeightsFile file) => [.. file.Entries.Select(entry => Of(file, entry))];

    public override string ToString() => $"{Name} {Dtype} [{string.Join(", ", Shape)}] {Hex}";

    public bool Equals(TorchTensor? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static string DtypeOf(SafetensorsType type) => type switch
    {
        SafetensorsType.F64 => "float64",
        SafetensorsType.F32 => "float32",
        SafetensorsType.F16 => "float16",
        SafetensorsType.BF16 => "bfloat16",
        SafetensorsType.I64 => "int64",
        SafetensorsType.I32 => "int32",
        SafetensorsType.I16 => "int16",
        SafetensorsType.I8 => "int8",
        SafetensorsType.U8 => "uint8",
        _ => "bool",
    };
}
