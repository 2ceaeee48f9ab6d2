using System.Diagnostics;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>The transfer where the network runs on the CPU: nothing moves.</summary>
internal sealed class CpuFrameTransfer : IFrameTransfer
{
    private long _begin;
    private long _ticks;

    public double ComputeSeconds => (double)_ticks / Stopwatch.Frequency;

    public Tensor ToDevice(Tensor host) => PictureTensor.Normalize(host, CPU);

    public EnlargedFrame ToHost(Tensor planes, CancellationToken cancellation) =>
        new(planes, static () => { }, static tensor => tensor.Dispose());

    public void BeginFrame() => _begin = Stopwatch.GetTimestamp();

    public void EndFrame() => _ticks += Stopwatch.GetTimestamp() - _begin;

    public void Dispose()
    {
    }
}
