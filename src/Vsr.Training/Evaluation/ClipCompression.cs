using Vsr.Data;

namespace Vsr.Training.Evaluation;

/// <summary>How the low-resolution input is compressed before it is scored: preset medium, the encoder's own groups, yuv420p.</summary>
/// <param name="Crf">The constant rate factor, 0 to 51.</param>
/// <param name="Codec">H.264 or HEVC. Default: H.264.</param>
public sealed record ClipCompression(int Crf, CompressionCodec Codec = CompressionCodec.H264)
{
    internal const int HighestCrf = 51;

    /// <summary>The codec's name on the command line and in JSON: "h264", "hevc".</summary>
    public string CodecName => CompressionEncoding.NameOf(Codec);

    /// <summary>Checks the range.</summary>
    /// <exception cref="ArgumentException">The rate factor is outside it.</exception>
    public void Validate()
    {
        if (Crf is < 0 or > HighestCrf)
        {
            throw new ArgumentException($"crf {Crf} is outside 0..{HighestCrf}; 23 is what encoders take by default");
        }
    }
}
