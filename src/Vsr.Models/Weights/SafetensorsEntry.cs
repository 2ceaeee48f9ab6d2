using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>One named tensor of a safetensors file, in host memory: row-major, little-endian.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The sides; empty for a scalar.</param>
/// <param name="Data">The elements' bytes: their number times <see cref="ElementSize"/>.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The bytes of one element.</summary>
    public static int ElementSize(SafetensorsType type) => type switch
    {
        SafetensorsType.F64 or SafetensorsType.I64 => 8,
        SafetensorsType.F32 or SafetensorsType.I32 => 4,
        SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.I16 => 2,
        SafetensorsType.U8 or SafetensorsType.I8 or SafetensorsType.BOOL => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, $"element type {type} is none that is stored"),
    };

    /// <summary>Copies a tensor from any device to host memory.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="tensor">Any layout; any type but complex and quantized ones.</param>
    /// <param name="type">The type to store, converted when the tensor is floating point; null keeps the tensor's.</param>
    /// <exception cref="ArgumentException">The tensor's type cannot be stored.</exception>
    public static SafetensorsEntry FromTensor(string name, Tensor tensor, SafetensorsType? type = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ScalarType stored = type is { } wanted && tensor.is_floating_point() ? ToScalarType(wanted) : tensor.dtype;
        Tensor host = tensor.detach().cpu().to(stored).contiguous();
        byte[] data = host.numel() == 0 ? [] : host.bytes.ToArray();
        return new SafetensorsEntry(name, FromScalarType(stored, name), host.shape, data);
    }

    /// <summary>Makes a tensor with a copy of the data.</summary>
    /// <returns>A tensor on the CPU in the entry's type; the caller disposes it.</returns>
    public Tensor ToTensor()
    {
        Tensor tensor = empty(Shape.ToArray(), ToScalarType(Type));
        if (Data.Length > 0)
        {
            Data.Span.CopyTo(tensor.bytes);
        }

        return tensor;
    }

    internal static ScalarType ToScalarType(SafetensorsType type) => type switch
    {
        SafetensorsType.F64 => ScalarType.Float64,
        SafetensorsType.F32 => ScalarType.Float32,
        SafetensorsType.F16 => ScalarType.Float16,
        SafetensorsType.BF16 => ScalarType.BFloat16,
        SafetensorsType.I64 => ScalarType.Int64,
        SafetensorsType.I32 => ScalarType.Int32,
        SafetensorsType.I16 => ScalarType.Int16,
        SafetensorsType.I8 => ScalarType.Int8,
        SafetensorsType.BOOL => ScalarType.Bool,
        _ => ScalarType.Byte,
    };

    private static SafetensorsType FromScalarType(ScalarType type, string name) => type switch
    {
        ScalarType.Float64 => SafetensorsType.F64,
        ScalarType.Float32 => SafetensorsType.F32,
        ScalarType.Float16 => SafetensorsType.F16,
        ScalarType.BFloat16 => SafetensorsType.BF16,
        ScalarType.Int64 => SafetensorsType.I64,
        ScalarType.Int32 => SafetensorsType.I32,
        ScalarType.Int16 => SafetensorsType.I16,
        ScalarType.Int8 => SafetensorsType.I8,
        ScalarType.Bool => SafetensorsType.BOOL,
        ScalarType.Byte => SafetensorsType.U8,
        _ => throw new ArgumentException($"tensor '{name}' has type {type}, which is not stored; convert it", nameof(type)),
    };
}
