using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>A frame on its way from the network to the encoder: the planes of the output's pixel format in host memory.</summary>
/// <param name="host">uint8 or int16 [samples], contiguous, on the CPU.</param>
/// <param name="ready">Waits until the bytes have arrived.</param>
/// <param name="release">Gives the memory back.</param>
internal sealed class EnlargedFrame(Tensor host, Action ready, Action<Tensor> release) : IDisposable
{
    private bool _isReleased;

    /// <summary>Waits for the transfer and gives the planes, valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Planes()
    {
        ready();
        return host.bytes;
    }

    public void Dispose()
    {
        if (!_isReleased)
        {
            _isReleased = true;
            release(host);
        }
    }
}
