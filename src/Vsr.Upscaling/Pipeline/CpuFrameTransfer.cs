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

    public void BeginFrame(CancellationToken cancellation) => _begin = Stopwatch.GetTimestamp();

    public EnlargedFrame? EndFrame(Tensor? planes)
    {
        _ticks += Stopwatch.GetTimestamp() - _begin;
        return planes is null ? null : new EnlargedFrame(planes, static () => { }, planes.Dispose);
    }

    public void Dispose()
    {
    }
}
