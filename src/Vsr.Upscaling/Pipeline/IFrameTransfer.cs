using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>Moves frames between host memory and the network's device. Used by the network's thread alone; frames may be released on another.</summary>
internal interface IFrameTransfer : IDisposable
{
    /// <summary>Brings a decoded picture to the device.</summary>
    /// <param name="host">uint8 (0..255) or float32 (0..1) [3, h, w] on the CPU; the caller keeps it.</param>
    /// <returns>float32 [1, 3, h, w], RGB, 0..1, on the device; the caller disposes it.</returns>
    Tensor ToDevice(Tensor host);

    /// <summary>Marks the point in the device's work at which a frame's computation begins; waits while all host buffers are in use.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    void BeginFrame(CancellationToken cancellation);

    /// <summary>Marks the point at which it ends and starts bringing the result to the host.</summary>
    /// <param name="planes">uint8 or int16 [samples] on the device, the transfer's from here on; null when no frame came out.</param>
    /// <returns>The frame, on its way; null for null.</returns>
    EnlargedFrame? EndFrame(Tensor? planes);

    /// <summary>The times between begins and ends, of frames that have arrived.</summary>
    ComputeClock Clock { get; }
}
