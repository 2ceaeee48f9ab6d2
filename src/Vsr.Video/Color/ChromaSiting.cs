namespace Vsr.Video;

/// <summary>
/// Where a chroma sample lies between the luma samples it belongs to, as a share of the way from the first to the last of
/// them: 0 on the first (left, top), 0.5 in the centre, 1 on the last (bottom).
/// </summary>
/// <param name="Horizontal">0 left, 0.5 centre.</param>
/// <param name="Vertical">0 top, 0.5 centre, 1 bottom.</param>
internal readonly record struct ChromaSiting(double Horizontal, double Vertical)
{
    /// <summary>
    /// The siting of a name of FFmpeg's (AVChromaLocation). Unknown is "left", the place of MPEG-2, H.264 and H.265 where
    /// the stream says nothing (H.273, figure 1; ITU-R BT.601 for 4:2:2).
    /// </summary>
    public static ChromaSiting FromName(string? name) => name switch
    {
        "center" => new(0.5, 0.5),
        "topleft" => new(0, 0),
        "top" => new(0.5, 0),
        "bottomleft" => new(0, 1),
        "bottom" => new(0.5, 1),
        _ => new(0, 0.5),
    };

    /// <summary>The first luma position of chroma sample 0, in luma samples, for a subsampling of 1, 2 or 4.</summary>
    public double OffsetX(int factor) => Horizontal * (factor - 1);

    /// <summary>The luma row of chroma row 0, in luma rows, for a subsampling of 1, 2 or 4.</summary>
    public double OffsetY(int factor) => Vertical * (factor - 1);
}
