using Vsr.Video;

namespace Vsr.Data;

/// <summary>Reads frames of one open clip. Used by one thread at a time.</summary>
public interface IClipReader : IDisposable
{
    /// <summary>Frames that the decoder has put out so far, wanted or not; 0 where nothing is decoded.</summary>
    long DecodedFrames => 0;

    /// <summary>Reads a region of some frames as 8-bit RGB.</summary>
    /// <param name="firstFrame">First frame.</param>
    /// <param name="count">Number of frames, T.</param>
    /// <param name="stride">Distance of neighbouring frames, at least 1.</param>
    /// <param name="crop">Region inside the frame.</param>
    /// <param name="planar">Filled with uint8 [T, 3, crop height, crop width]; must have exactly this length.</param>
    /// <exception cref="VsrException">The file fails to decode.</exception>
    void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar);

    /// <summary>Reads a region of some frames as 8-bit components.</summary>
    /// <param name="color">RGB, or a colour that the source delivers (<see cref="IClipSource.Delivers"/>).</param>
    /// <param name="firstFrame">First frame.</param>
    /// <param name="count">Number of frames, T.</param>
    /// <param name="stride">Distance of neighbouring frames, at least 1.</param>
    /// <param name="crop">Region inside the frame.</param>
    /// <param name="planar">Filled with uint8 [T, C, crop height, crop width]; must have exactly this length. C is 1 for luma, else 3.</param>
    /// <exception cref="VsrException">The file fails to decode, or the colour is not delivered.</exception>
    void ReadSamples8(SampleColor color, int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
    {
        if (color != SampleColor.Rgb)
        {
            throw new VsrException($"these clips are delivered as RGB, not as {color}");
        }

        ReadRgb8(firstFrame, count, stride, crop, planar);
    }
}
