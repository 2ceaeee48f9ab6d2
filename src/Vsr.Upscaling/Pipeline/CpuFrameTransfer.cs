using System.Diagnostics;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>The transfer where the network runs on the CPU: nothing moves.</summary>
/// <param name="groupSize">Frames that the network works on together.</param>
internal sealed class CpuFrameTransfer(int groupSize = 1) : IFrameTransfer
{
    private long _begin;
    private double _pending;                                                    // of calls that gave no frame

    public ComputeClock Clock { get; } = new(groupSize);

    public Tensor ToDevice(Tensor host) => PictureTensor.Normalize(host, CPU);

    public void BeginFrame(CancellationToken cancellation) => _begin = Stopwatch.GetTimestamp();

    public EnlargedFrame? EndFrame(Tensor? planes)
    {
        _pending += Stopwatch.GetElapsedTime(_begin).TotalSeconds;
        if (planes is null)
        {
            return null;
        }

        Clock.Add(_pending);
        _pending = 0;
        return new EnlargedFrame(planes, static () => { }, planes.Dispose);
    }

    public void Dispose()
    {
    }
}
