using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>A frame on its way from the network to the encoder: the planes of the output's pixel format in host memory.</summary>
/// <param name="host">uint8 or int16 [samples], contiguous, on the CPU.</param>
/// <param name="arrive">Waits until the bytes are there.</param>
/// <param name="release">Gives the memory back; called once, on any thread.</param>
internal sealed class EnlargedFrame(Tensor host, Action arrive, Action release) : IDisposable
{
    private bool _isReleased;

    /// <summary>The planes, valid after <see cref="WaitForArrival"/> until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Planes => host.bytes;

    /// <summary>Waits until the device has delivered. On the network's thread.</summary>
    public void WaitForArrival() => arrive();

    public void Dispose()
    {
        if (!_isReleased)
        {
            _isReleased = true;
            release();
        }
    }
}
