using System.Runtime.ExceptionServices;
using Vsr.Interop.Cuda;

namespace Vsr.Video;

/// <summary>Reads frames of a clip with a decoder.</summary>
internal static class NvdecReading
{
    /// <summary>Decodes frames and hands each to the consumer, once, in the order of decoding, on the calling thread.</summary>
    /// <remarks>
    /// When it returns, the consumer has been called for all frames; the work it queued may still run. The next read with
    /// the same clip and decoder goes on where this one ended if that is cheaper, and then decodes nothing twice.
    /// After an exception the decoder can be used again, unless it is broken, which its pool looks after.
    /// </remarks>
    /// <param name="clip">The file; not used by another thread at the same time.</param>
    /// <param name="decoder">A decoder for the clip's key; not used by another thread at the same time.</param>
    /// <param name="ascendingFrames">Frame numbers, ascending, none twice.</param>
    /// <param name="consume">Queues the work that reads a picture; its exceptions end the read and come out of it.</param>
    /// <exception cref="VideoFormatException">The file is not what its index says, or a picture cannot be decoded.</exception>
    /// <exception cref="VsrException">The decoder fails or exceeds its deadline; the message names file and frame.</exception>
    public static void Read(NvdecClip clip, NvdecDecoder decoder, ReadOnlySpan<int> ascendingFrames, SurfaceConsumer consume)
    {
        decoder.Attach(clip, consume);
        try
        {
            clip.Feeder.Read(ascendingFrames, decoder);
        }
        catch (Exception failure)
        {
            throw Translated(failure, clip, decoder);
        }
        finally
        {
            decoder.Detach();
        }
    }

    /// <summary>Waits until the work that consumers queued on the decoder's stream is done.</summary>
    /// <exception cref="VsrException">It fails or exceeds the deadline.</exception>
    public static void Wait(NvdecClip clip, NvdecDecoder decoder)
    {
        try
        {
            decoder.WaitForStream();
        }
        catch (Exception failure)
        {
            throw Translated(failure, clip, decoder);
        }
    }

    private static VsrException Translated(Exception failure, NvdecClip clip, NvdecDecoder decoder)
    {
        bool isBroken = failure is CudaDriverException or NvdecTimeoutException;
        string position = decoder.Position;
        decoder.Abandon(isBroken);
        if (!isBroken)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return new VsrException($"{clip.Path}: NVDEC fails at {position}: {failure.Message}", failure);
    }
}
