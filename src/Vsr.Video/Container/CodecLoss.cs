using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Tells whether a stream was compressed without loss.</summary>
/// <remarks>
/// FFmpeg's description of the codec says it for most. H.264 has a lossless mode, which encoders announce in the sequence
/// parameter set (ITU-T H.264, 7.3.2.1.1, qpprime_y_zero_transform_bypass_flag); its profile, High 4:4:4 Predictive, does
/// not tell, as it is also that of lossy 4:4:4. HEVC, VP9 and AV1 say it picture by picture, so they count as lossy.
/// </remarks>
internal static unsafe class CodecLoss
{
    private const int Lossy = 1 << 1;       // AV_CODEC_PROP_LOSSY
    private const int Lossless = 1 << 2;    // AV_CODEC_PROP_LOSSLESS
    private const int ProfileHigh444Predictive = 244;
    private const int ProfileCavlc444Intra = 44;
    private const int ConfigurationLengthPosition = 4;
    private const int ConfigurationSetsPosition = 6;

    /// <summary>Whether every sample is kept; false where that is not known.</summary>
    public static bool IsLossless(AVCodecParameters* parameters)
    {
        AVCodecDescriptor* descriptor = LibAvCodec.avcodec_descriptor_get(parameters->CodecId);
        if (descriptor is null || (descriptor->Props & Lossless) == 0)
        {
            return false;
        }

        return (descriptor->Props & Lossy) == 0 || (Utf8.ToText(descriptor->Name) == "h264" && BypassesTransform(parameters));
    }

    private static bool BypassesTransform(AVCodecParameters* parameters)
    {
        ReadOnlySpan<byte> configuration = new(parameters->Extradata, parameters->ExtradataSize);
        bool hasStartCodes = NalUnits.LengthBytes(parameters, ConfigurationLengthPosition) == 0;
        if (!hasStartCodes && configuration.Length <= ConfigurationSetsPosition)
        {
            return false;
        }

        // in avcC each set comes after its length in two bytes
        NalUnits units = hasStartCodes ? new(configuration, 0) : new(configuration[ConfigurationSetsPosition..], 2);
        while (units.Next(out ReadOnlySpan<byte> unit))
        {
            if (unit.Length > 4 && (unit[0] & 31) == 7)
            {
                return BypassesTransform(unit);
            }
        }

        return false;
    }

    // header, profile, constraints, level; so near its beginning a set holds no emulation prevention byte
    private static bool BypassesTransform(ReadOnlySpan<byte> sequenceParameterSet)
    {
        if (sequenceParameterSet[1] is not (ProfileHigh444Predictive or ProfileCavlc444Intra))
        {
            return false;
        }

        BitReader bits = new(sequenceParameterSet[4..]);
        bits.ReadUnsignedExpGolomb();               // seq_parameter_set_id
        if (bits.ReadUnsignedExpGolomb() == 3)      // chroma_format_idc
        {
            bits.Read(1);                           // separate_colour_plane_flag
        }

        bits.ReadUnsignedExpGolomb();               // bit_depth_luma_minus8
        bits.ReadUnsignedExpGolomb();               // bit_depth_chroma_minus8
        return bits.Read(1) == 1;
    }
}
