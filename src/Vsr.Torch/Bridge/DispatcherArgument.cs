using TorchSharp;

namespace Vsr.Torch;

/// <summary>One argument of an operator called by name: a tensor, a list of tensors or integers, a number, a flag or nothing.</summary>
/// <remarks>
/// libtorch's C interface passes no Scalar arguments ("Scalar" in an operator's schema). Optional ones ("Tensor?") are
/// <see cref="None"/> or <see cref="Optional"/>. The argument keeps its tensors alive during the call and does not own them.
/// </remarks>
public readonly struct DispatcherArgument
{
    private readonly ulong _bits;

    private DispatcherArgument(ulong bits) => _bits = bits;

    private DispatcherArgument(torch.Tensor tensor, bool isOptional = false)
    {
        Tensor = tensor;
        IsOptional = isOptional;
    }

    private DispatcherArgument(IReadOnlyList<torch.Tensor> tensors) => Tensors = tensors;

    private DispatcherArgument(IReadOnlyList<long> integers) => Integers = integers;

    /// <summary>An optional argument that is absent.</summary>
    public static DispatcherArgument None => new(0UL);

    /// <summary>An optional tensor argument that is present; <see cref="None"/> for null.</summary>
    public static DispatcherArgument Optional(torch.Tensor? value) => value is null ? None : new(value, isOptional: true);

    internal torch.Tensor? Tensor { get; }

    internal bool IsOptional { get; }

    internal IReadOnlyList<torch.Tensor>? Tensors { get; }

    internal IReadOnlyList<long>? Integers { get; }

    internal ulong Bits => _bits;

    /// <summary>Passes a tensor.</summary>
    public static implicit operator DispatcherArgument(torch.Tensor value) => new(value);

    /// <summary>Passes a list of tensors.</summary>
    public static implicit operator DispatcherArgument(torch.Tensor[] value) => new((IReadOnlyList<torch.Tensor>)value);

    /// <summary>Passes a list of integers.</summary>
    public static implicit operator DispatcherArgument(long[] value) => new((IReadOnlyList<long>)value);

    /// <summary>Passes an integer.</summary>
    public static implicit operator DispatcherArgument(long value) => new(unchecked((ulong)value));

    /// <summary>Passes a floating-point number ("float" in an operator's schema, which is a double).</summary>
    public static implicit operator DispatcherArgument(double value) => new(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Passes a flag.</summary>
    public static implicit operator DispatcherArgument(bool value) => new(value ? 1UL : 0UL);

    /// <summary>Passes a tensor; for languages without implicit conversions.</summary>
    public static DispatcherArgument From(torch.Tensor value) => value;

    /// <summary>Passes a list of tensors.</summary>
    public static DispatcherArgument From(IReadOnlyList<torch.Tensor> value) => new(value);

    /// <summary>Passes a list of integers.</summary>
    public static DispatcherArgument From(IReadOnlyList<long> value) => new(value);

    /// <summary>Passes an integer.</summary>
    public static DispatcherArgument From(long value) => value;

    /// <summary>Passes a floating-point number.</summary>
    public static DispatcherArgument From(double value) => value;

    /// <summary>Passes a flag.</summary>
    public static DispatcherArgument From(bool value) => value;
}
