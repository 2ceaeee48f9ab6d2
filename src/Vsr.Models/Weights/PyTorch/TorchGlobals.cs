using System.Collections.Frozen;

namespace Vsr.Models.PyTorch;

/// <summary>The globals that a checkpoint may name.</summary>
internal static class TorchGlobals
{
    private static readonly FrozenDictionary<string, PickleGlobal> All = Create().ToFrozenDictionary(global => global.Name);

    /// <summary>The global of a name; null when it is not allowed.</summary>
    public static PickleGlobal? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<PickleGlobal> Create() =>
    [
        Storage("Double", SafetensorsType.F64),
        Storage("Float", SafetensorsType.F32),
        Storage("Half", SafetensorsType.F16),
        Storage("BFloat16", SafetensorsType.BF16),
        Storage("Long", SafetensorsType.I64),
        Storage("Int", SafetensorsType.I32),
        Storage("Short", SafetensorsType.I16),
        Storage("Char", SafetensorsType.I8),
        Storage("Byte", SafetensorsType.U8),
        Storage("Bool", SafetensorsType.BOOL),
        new("torch._utils._rebuild_tensor", PickleGlobalKind.RebuildTensor),
        new("torch._utils._rebuild_tensor_v2", PickleGlobalKind.RebuildTensorV2),
        new("torch._utils._rebuild_parameter", PickleGlobalKind.RebuildParameter),
        new("collections.OrderedDict", PickleGlobalKind.OrderedDict),
        new("_codecs.encode", PickleGlobalKind.Encode),
        new("numpy.dtype", PickleGlobalKind.NumpyDtype),
        new("numpy.core.multiarray.scalar", PickleGlobalKind.NumpyScalar),
        new("numpy._core.multiarray.scalar", PickleGlobalKind.NumpyScalar),
    ];

    private static PickleGlobal Storage(string name, SafetensorsType type) =>
        new($"torch.{name}Storage", PickleGlobalKind.Storage, type);
}
