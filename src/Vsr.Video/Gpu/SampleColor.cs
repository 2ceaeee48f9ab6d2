namespace Vsr.Video;

/// <summary>What the channels of converted frames are. All are gamma-coded, stretched to full range: 0..1 or 0..255.</summary>
public enum SampleColor
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Luma (Y') alone, one channel: the stream's own, no matrix applied. Of RGB formats: of BT.709 from 720 lines up, of BT.601 below.</summary>
    Luma,

    /// <summary>
    /// Luma and the two colour differences, each with 0.5 added (grey is 0.5): the stream's own, chroma enlarged to full size
    /// as for RGB (of a stream of matrix ycgco: Y, Cg + 0.5, Co + 0.5). Of RGB formats: as for <see cref="Luma"/>. Of grey ones: 0.5.
    /// </summary>
    YCbCr,
}
