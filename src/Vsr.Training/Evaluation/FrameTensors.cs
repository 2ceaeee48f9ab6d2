using TorchSharp;
using Vsr.Data;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>Frames between bytes in host memory and tensors on the device.</summary>
internal static class FrameTensors
{
    /// <summary>Planar RGB [3, H, W] as float32 [1, 3, H, W] in 0..1 on the device.</summary>
    public static Tensor ToDevice(byte[] planarRgb, int width, int height, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor bytes = tensor(planarRgb, ScalarType.Byte).to(device);
        return scope.MoveToOuter(bytes.reshape(1, 3, height, width).to(ScalarType.Float32) / 255);
    }

    /// <summary>A frame [1, 3, H, W], clamped and rounded to 8 bit, as planar RGB in host memory.</summary>
    public static void ToBytes(Tensor frame, byte[] planarRgb)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor levels = (Degradation.Quantize(frame) * 255).round().to(ScalarType.Byte).cpu().contiguous();
        levels.bytes.CopyTo(planarRgb);
    }
}
