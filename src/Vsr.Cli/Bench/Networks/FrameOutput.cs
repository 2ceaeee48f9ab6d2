using TorchSharp;
using Vsr.Upscaling.Color;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench.Networks;

/// <summary>What vsr upscale does with an enlarged frame before it is encoded: planes of 8-bit 4:2:0, in host memory.</summary>
/// <param name="device">Where frames are.</param>
/// <param name="color">The output's colour tags.</param>
internal sealed class FrameOutput(Device device, ColorDescription color) : IDisposable
{
    private DeviceYuvConversion? _conversion;
    private Tensor? _host;

    /// <summary>Converts a frame and has it copied to the host, without waiting for a GPU.</summary>
    /// <param name="sr">float32 [1, 3, H, W], disposed here; null for no frame.</param>
    public void Deliver(Tensor? sr)
    {
        if (sr is null)
        {
            return;
        }

        using Tensor frame = sr;
        _conversion ??= new DeviceYuvConversion(PictureLayouts.Of("yuv420p"), color, (int)frame.size(2));
        using Tensor planes = _conversion.Convert(frame);
        if (device.type == DeviceType.CUDA)
        {
            _host ??= MakeHost(planes);
            _host.copy_(planes, true);
        }
    }

    public void Dispose() => _host?.Dispose();

    private static Tensor MakeHost(Tensor planes)
    {
        using Tensor pageable = empty(planes.shape, planes.dtype, CPU);
        return pageable.pin_memory().DetachFromDisposeScope();
    }
}
