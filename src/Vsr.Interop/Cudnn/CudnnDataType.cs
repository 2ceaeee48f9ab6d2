namespace Vsr.Interop.Cudnn;

/// <summary>cuDNN's cudnnDataType_t, as far as it is used.</summary>
internal enum CudnnDataType
{
    /// <summary>float.</summary>
    Float32 = 0,

    /// <summary>IEEE half precision.</summary>
    Float16 = 2,

    /// <summary>The upper half of a float.</summary>
    BFloat16 = 9,
}
