namespace Vsr.Video;

/// <summary>Columns and rows that the sequence header of H.264 or HEVC cuts away before the picture.</summary>
/// <param name="Left">Columns of luma.</param>
/// <param name="Top">Rows of luma.</param>
/// <remarks>Source: ITU-T H.264, 7.3.2.1.1 and 7.4.2.1.1; ITU-T H.265, 7.3.2.2.1, 7.3.3 and 7.4.3.2.1.</remarks>
internal readonly record struct HeaderCrop(int Left, int Top)
{
    private const int H264SequenceType = 7;
    private const int HevcSequenceType = 33;
    private const int MostOrderOffsets = 255;

    /// <summary>Finds the first sequence header among parameter sets.</summary>
    /// <param name="parameterSets">NAL units behind start codes.</param>
    /// <param name="codec">h264 or hevc; others cut nothing here.</param>
    /// <returns>Zeros where there is no header or it is unreadable.</returns>
    public static HeaderCrop Find(ReadOnlySpan<byte> parameterSets, string codec)
    {
        bool isH264 = codec == "h264";
        if (!isH264 && codec != "hevc")
        {
            return default;
        }

        NalUnits units = new(parameterSets, lengthBytes: 0);
        while (units.Next(out ReadOnlySpan<byte> unit))
        {
            if (isH264 && unit.Length > 1 && (unit[0] & 31) == H264SequenceType)
            {
                return ReadH264(new BitReader(NalUnits.WithoutEscapes(unit[1..])));
            }

            if (!isH264 && unit.Length > 2 && ((unit[0] >> 1) & 63) == HevcSequenceType && ((unit[0] & 1) << 5 | unit[1] >> 3) == 0) // layer 0
            {
                return ReadHevc(new BitReader(NalUnits.WithoutEscapes(unit[2..])));
            }
        }

        return default;
    }

    private static HeaderCrop ReadH264(BitReader bits)
    {
        int profile = bits.Read(8);
        bits.Skip(16);                                             // constraints, level
        bits.ReadUnsignedExpGolomb();                              // number of the header
        int chroma = 1;
        bool isSeparate = false;
        if (profile is 100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135)
        {
            chroma = bits.ReadUnsignedExpGolomb();
            isSeparate = chroma == 3 && bits.Read(1) == 1;
            bits.ReadUnsignedExpGolomb();                          // bits of luma
            bits.ReadUnsignedExpGolomb();                          // bits of chroma
            bits.Skip(1);                                          // bypass of the transform
            if (bits.Read(1) == 1)
            {
                SkipScalingLists(ref bits, chroma == 3 ? 12 : 8);
            }
        }

        bits.ReadUnsignedExpGolomb();                              // bits of frame_num
        int orderType = bits.ReadUnsignedExpGolomb();
        if (orderType == 0)
        {
            bits.ReadUnsignedExpGolomb();
        }
        else if (orderType == 1)
        {
            bits.Skip(1);
            bits.ReadUnsignedExpGolomb();                          // signed ones are as long
            bits.ReadUnsignedExpGolomb();
            for (int left = Math.Min(bits.ReadUnsignedExpGolomb(), MostOrderOffsets); left > 0; left--)
            {
                bits.ReadUnsignedExpGolomb();
            }
        }

        bits.ReadUnsignedExpGolomb();                              // references
        bits.Skip(1);                                              // gaps of frame_num
        bits.ReadUnsignedExpGolomb();                              // width
        bits.ReadUnsignedExpGolomb();                              // height
        bool onlyFrames = bits.Read(1) == 1;
        bits.Skip(onlyFrames ? 1 : 2);                             // fields by macroblock, direct inference
        return ReadWindow(ref bits, isSeparate ? 0 : chroma, rowsOfUnit: onlyFrames ? 1 : 2);
    }

    private static HeaderCrop ReadHevc(BitReader bits)
    {
        const int profileBits = 88, levelBits = 8, mostSubLayers = 8;
        bits.Skip(4);                                              // number of the video parameter set
        int subLayers = bits.Read(3);                              // less one
        bits.Skip(1);
        bits.Skip(profileBits + levelBits);
        int present = 0;
        for (int i = 0; i < subLayers; i++)
        {
            present += (bits.Read(1) * profileBits) + (bits.Read(1) * levelBits);
        }

        bits.Skip((subLayers > 0 ? 2 * (mostSubLayers - subLayers) : 0) + present);
        bits.ReadUnsignedExpGolomb();                              // number of the header
        int chroma = bits.ReadUnsignedExpGolomb();
        bool isSeparate = chroma == 3 && bits.Read(1) == 1;
        bits.ReadUnsignedExpGolomb();                              // width
        bits.ReadUnsignedExpGolomb();                              // height
        return ReadWindow(ref bits, isSeparate ? 0 : chroma, rowsOfUnit: 1);
    }

    // Left, right, top, bottom, in units of a sample of chroma.
    private static HeaderCrop ReadWindow(ref BitReader bits, int chroma, int rowsOfUnit)
    {
        if (bits.Read(1) == 0)
        {
            return default;
        }

        int left = bits.ReadUnsignedExpGolomb();
        bits.ReadUnsignedExpGolomb();
        int top = bits.ReadUnsignedExpGolomb();
        bool isReadable = left >= 0 && top >= 0 && chroma is >= 0 and <= 3;
        return isReadable ? new HeaderCrop(left * (chroma is 1 or 2 ? 2 : 1), top * (chroma == 1 ? 2 : 1) * rowsOfUnit) : default;
    }

    private static void SkipScalingLists(ref BitReader bits, int lists)
    {
        const int smallLists = 6, smallSize = 16, largeSize = 64;
        for (int list = 0; list < lists; list++)
        {
            int size = bits.Read(1) == 0 ? 0 : list < smallLists ? smallSize : largeSize;
            int last = 8;
            int next = 8;
            for (int i = 0; i < size && next != 0; i++)
            {
                int code = bits.ReadUnsignedExpGolomb();
                next = (last + ((code & 1) == 1 ? (code + 1) / 2 : -(code / 2)) + 256) & 255;
                last = next == 0 ? last : next;
            }
        }
    }
}
