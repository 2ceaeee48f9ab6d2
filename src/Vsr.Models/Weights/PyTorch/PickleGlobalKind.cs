namespace Vsr.Models.PyTorch;

/// <summary>What a global of the allow-list stands for.</summary>
internal enum PickleGlobalKind
{
    /// <summary>The class of a storage; it is named in persistent ids.</summary>
    Storage,

    /// <summary>Makes a tensor of storage, offset, size and stride (PyTorch before 0.4).</summary>
    RebuildTensor,

    /// <summary>Makes a tensor of storage, offset, size, stride, requires_grad and hooks.</summary>
    RebuildTensorV2,

    /// <summary>Makes a parameter of a tensor.</summary>
    RebuildParameter,

    /// <summary>collections.OrderedDict.</summary>
    OrderedDict,

    /// <summary>Makes bytes of a text: how Python 3 writes bytes in protocol 2.</summary>
    Encode,

    /// <summary>Makes a NumPy scalar of a dtype and bytes.</summary>
    NumpyScalar,

    /// <summary>Makes a NumPy dtype of its code.</summary>
    NumpyDtype,
}
