using System.Runtime.Intrinsics;

namespace Vsr.Video.Analysis;

/// <summary>Finds for each block of a picture the place in another picture that resembles it most.</summary>
/// <remarks>
/// What a camera or a thing in motion does to a picture is mostly such a shift, however fast; a cut is none. All shifts within the
/// range are tried, edges included, so that the result does not depend on how a search would walk.
/// </remarks>
internal static class BlockMatching
{
    /// <summary>Farthest shift to each side: a tenth of the width in a frame.</summary>
    public const int RangeX = 16;

    /// <summary>Farthest shift up and down.</summary>
    public const int RangeY = 10;

    private const int Size = AnalysisPicture.BlockSize;

    /// <summary>The best shift of one block.</summary>
    /// <param name="current">Luma of the picture that the block is of.</param>
    /// <param name="reference">Luma of the picture that is searched.</param>
    /// <param name="width">Width of both.</param>
    /// <param name="height">Height of both.</param>
    /// <param name="left">The block's first column.</param>
    /// <param name="top">The block's first row.</param>
    /// <returns>The sum of absolute differences there, and the place's first column and row.</returns>
    public static (int Sum, int Left, int Top) Find(
        ReadOnlySpan<byte> current, ReadOnlySpan<byte> reference, int width, int height, int left, int top)
    {
        (int Sum, int Left, int Top) best = (Sum(current, reference, width, left, top, left, top), left, top);
        for (int y = Math.Max(0, top - RangeY); y <= Math.Min(height - Size, top + RangeY); y++)
        {
            for (int x = Math.Max(0, left - RangeX); x <= Math.Min(width - Size, left + RangeX); x++)
            {
                int half = Sum(current, reference, width, left, top, x, y, Size / 2);
                if (half >= best.Sum)
                {
                    continue;
                }

                int sum = Sum(current, reference, width, left, top, x, y);
                best = sum < best.Sum ? (sum, x, y) : best;
            }
        }

        return best;
    }

    /// <summary>The sum of absolute differences of two blocks, or of their first rows.</summary>
    public static int Sum(
        ReadOnlySpan<byte> current,
        ReadOnlySpan<byte> reference,
        int width,
        int left,
        int top,
        int otherLeft,
        int otherTop,
        int rows = Size)
    {
        Vector128<ushort> sum = default;
        int at = (top * width) + left;
        int other = (otherTop * width) + otherLeft;
        for (int row = 0; row < rows; row++, at += width, other += width)
        {
            Vector128<ushort> a = Vector128.WidenLower(Vector128.CreateScalar(BitConverter.ToUInt64(current[at..])).AsByte());
            Vector128<ushort> b = Vector128.WidenLower(Vector128.CreateScalar(BitConverter.ToUInt64(reference[other..])).AsByte());
            sum += Vector128.Max(a, b) - Vector128.Min(a, b);
        }

        return Vector128.Sum(sum);
    }
}
