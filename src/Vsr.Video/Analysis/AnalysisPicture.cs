namespace Vsr.Video.Analysis;

/// <summary>What scene detection sees of a frame: luma and the two colour differences, 8 bits each, in one small size.</summary>
/// <param name="Width">Width in pixels, a multiple of <see cref="BlockSize"/>.</param>
/// <param name="Height">Height in pixels, a multiple of <see cref="BlockSize"/>.</param>
/// <param name="Y">Luma [height, width].</param>
/// <param name="U">First colour difference [height, width].</param>
/// <param name="V">Second colour difference [height, width].</param>
internal sealed record AnalysisPicture(int Width, int Height, byte[] Y, byte[] U, byte[] V)
{
    /// <summary>The width of every analysis picture.</summary>
    public const int StandardWidth = 160;

    /// <summary>Side of the blocks in which pictures are compared.</summary>
    public const int BlockSize = 8;

    /// <summary>The height for a video's aspect: whole blocks, from 5 to 36 of them.</summary>
    public static int HeightFor(int width, int height) => BlockSize * Math.Clamp(
        (int)Math.Round((double)StandardWidth * height / width / BlockSize), 5, 36);
}
