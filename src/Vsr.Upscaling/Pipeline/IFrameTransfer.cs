using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>Moves frames between host memory and the network's device. Used by the network's thread alone, but for released frames.</summary>
internal interface IFrameTransfer : IDisposable
{
    /// <summary>Brings a decoded picture to the device.</summary>
    /// <param name="host">uint8 (0..255) or float32 (0..1) [3, h, w] on the CPU; the caller keeps it.</param>
    /// <returns>float32 [1, 3, h, w], RGB, 0..1, on the device; the caller disposes it.</returns>
    Tensor ToDevice(Tensor host);

    /// <summary>Starts bringing planes to the host; waits while all host buffers are in use.</summary>
    /// <param name="planes">uint8 or int16 [samples] on the device; owned by the transfer from here on.</param>
    /// <param name="cancellation">Ends the wait for a free buffer.</param>
    EnlargedFrame ToHost(Tensor planes, CancellationToken cancellation);

    /// <summary>Marks the point in the device's work at which a frame's computation begins.</summary>
    void BeginFrame();

    /// <summary>Marks the point at which it ends.</summary>
    void EndFrame();

    /// <summary>Seconds between all begins and ends, once the frames have arrived on the host.</summary>
    double ComputeSeconds { get; }
}
