using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Walks the NAL units of an H.264 or HEVC packet, with start codes (Annex B) or length prefixes (avcC, hvcC).</summary>
internal ref struct NalUnits
{
    private readonly int _lengthBytes;
    private ReadOnlySpan<byte> _rest;

    /// <param name="packet">The packet's data.</param>
    /// <param name="lengthBytes">The size of a length prefix, 1 to 4; 0 for start codes.</param>
    public NalUnits(ReadOnlySpan<byte> packet, int lengthBytes)
    {
        _rest = packet;
        _lengthBytes = lengthBytes;
        if (lengthBytes == 0)
        {
            SkipStartCode();
        }
    }

    /// <summary>Whether a length goes beyond the packet: it is damaged or something else.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The size of a length prefix as the codec's configuration says; 0 for start codes.</summary>
    /// <param name="parameters">Of the stream.</param>
    /// <param name="position">Of the byte whose last two bits hold the size less one: 4 in avcC, 21 in hvcC.</param>
    public static unsafe int LengthBytes(AVCodecParameters* parameters, int position)
    {
        ReadOnlySpan<byte> configuration = new(parameters->Extradata, parameters->ExtradataSize);
        bool hasStartCodes = configuration.Length <= position || configuration.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 1])
            || configuration.StartsWith((ReadOnlySpan<byte>)[0, 0, 1]);
        return hasStartCodes ? 0 : (configuration[position] & 3) + 1;
    }

    /// <summary>A unit's content: without the 3 that follows two zeros so that no start code comes about (H.264 and H.265, 7.3.1.1).</summary>
    public static byte[] WithoutEscapes(ReadOnlySpan<byte> unit)
    {
        byte[] content = new byte[unit.Length];
        int length = 0;
        int zeros = 0;
        foreach (byte value in unit)
        {
            bool isEscape = zeros >= 2 && value == 3;
            zeros = value == 0 ? zeros + 1 : 0;
            if (!isEscape)
            {
                content[length++] = value;
            }
        }

        return content[..length];
    }

    /// <summary>Gives the next unit, its header included; false at the end.</summary>
    public bool Next(out ReadOnlySpan<byte> unit)
    {
        unit = default;
        if (_rest.IsEmpty || IsBroken)
        {
            return false;
        }

        if (_lengthBytes == 0)
        {
            int end = _rest.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
            unit = end < 0 ? _rest : _rest[..end];
            SkipStartCode();
            return true;
        }

        long length = 0;
        for (int i = 0; i < _lengthBytes && i < _rest.Length; i++)
        {
            length = (length << 8) | _rest[i];
        }

        IsBroken = length == 0 || length > _rest.Length - _lengthBytes;
        if (IsBroken)
        {
            return false;
        }

        unit = _rest.Slice(_lengthBytes, (int)length);
        _rest = _rest[(_lengthBytes + (int)length)..];
        return true;
    }

    private void SkipStartCode()
    {
        int start = _rest.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
        _rest = start < 0 ? default : _rest[(start + 3)..];
    }
}
