using System.Collections.Concurrent;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>
/// The transfer where the network runs on a GPU: pinned host buffers in a ring, copies queued in the stream, nothing that
/// waits for the device but <see cref="EnlargedFrame.WaitForArrival"/>.
/// </summary>
/// <param name="device">The GPU.</param>
/// <param name="bufferCount">Frames on the host at a time, at least 2.</param>
/// <param name="groupSize">Frames that the network works on together.</param>
internal sealed class CudaFrameTransfer(Device device, int bufferCount, int groupSize = 1) : IFrameTransfer
{
    private readonly BlockingCollection<Slot> _free = [.. Enumerable.Range(0, bufferCount).Select(_ => new Slot(device))];
    private Slot? _current;

    public ComputeClock Clock { get; } = new(groupSize);

    public Tensor ToDevice(Tensor host)
    {
        using Tensor pinned = host.pin_memory();                                // kept by libtorch until the copy is done
        return PictureTensor.Normalize(pinned, device);
    }

    public void BeginFrame(CancellationToken cancellation)
    {
        _current ??= _free.Take(cancellation);
        _current.Timer.Start();
    }

    public EnlargedFrame? EndFrame(Tensor? planes)
    {
        Slot slot = _current ?? throw new InvalidOperationException("a frame ends that did not begin");
        slot.Timer.Stop();
        if (planes is null)
        {
            return null;
        }

        _current = null;
        Tensor host = slot.HostFor(planes);
        host.copy_(planes, true);
        slot.Arrival.Record(CudaStream.Current(device));
        planes.Dispose();                                                       // its memory is reused in the stream's order
        return new EnlargedFrame(host, () => Arrive(slot), () => _free.Add(slot));
    }

    public void Dispose()
    {
        if (_current is not null)
        {
            _free.Add(_current);
        }

        while (_free.TryTake(out Slot? slot))
        {
            slot.Dispose();
        }

        _free.Dispose();
    }

    private void Arrive(Slot slot)
    {
        slot.Arrival.Synchronize();
        Clock.Add(slot.Timer.ElapsedMilliseconds / 1000);
    }

    private sealed class Slot(Device device) : IDisposable
    {
        private Tensor? _host;

        public CudaTimer Timer { get; } = new(device);

        public CudaEvent Arrival { get; } = new(CudaStream.Current(device), timed: false);

        public Tensor HostFor(Tensor planes)
        {
            if (_host is null)
            {
                using Tensor pageable = empty(planes.shape, planes.dtype, CPU);
                _host = pageable.pin_memory();
            }

            return _host;
        }

        public void Dispose()
        {
            _host?.Dispose();
            Timer.Dispose();
            Arrival.Dispose();
        }
    }
}
