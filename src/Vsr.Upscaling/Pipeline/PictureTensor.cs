using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>Decoded pictures as the network takes them.</summary>
internal static class PictureTensor
{
    /// <summary>Moves a picture and scales it to 0..1.</summary>
    /// <param name="host">uint8 (0..255) or float32 (0..1) [3, h, w].</param>
    /// <param name="device">Where it goes.</param>
    /// <returns>float32 [1, 3, h, w], never the same tensor as <paramref name="host"/>.</returns>
    public static Tensor Normalize(Tensor host, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor moved = host.to(device, non_blocking: true);
        Tensor unit = moved.dtype == ScalarType.Byte
            ? moved.to(ScalarType.Float32).div_(255f)
            : moved.to(ScalarType.Float32, copy: true);
        return scope.MoveToOuter(unit.unsqueeze(0));
    }
}
