namespace Vsr.Video.Analysis;

/// <summary>How much of a picture cannot have come from another picture by motion or by a change of light.</summary>
/// <remarks>
/// Every block looks for its like in the other picture, as it is and with the other's light brought to this one's (a fade, a flash, an
/// exposure that adapts). A block without one is new. At a cut nearly all are, in fast motion those that come into view or are blurred.
/// </remarks>
internal static class PictureChange
{
    // A block is new when it differs from its like by more than this much a pixel, and by more than this share of its own texture.
    private const double LeastDifference = 3;
    private const double TextureShare = 0.6;

    // Flat blocks find their like in any sky and in the bars of any letterbox: they say little for a picture being the same.
    private const double FlatTexture = 1.5;
    private const double FlatWeight = 0.3;
    // A picture begins a scene when more than this share of it is new.
    private const double CutShare = 0.6;
    private const int Size = AnalysisPicture.BlockSize;
    private const int Area = Size * Size;

    /// <summary>Whether a picture begins a scene, seen beside the one before it alone: more than 0.6 of it is new.</summary>
    /// <param name="current">The picture.</param>
    /// <param name="before">The picture before it, of the same size.</param>
    public static bool IsCut(AnalysisPicture current, AnalysisPicture before) => Measure(current, before) > CutShare;

    /// <summary>The share of the picture that is new, 0 to 1.</summary>
    /// <param name="current">The picture.</param>
    /// <param name="reference">The picture it may have come from, of the same size.</param>
    public static double Measure(AnalysisPicture current, AnalysisPicture reference)
    {
        AnalysisPicture? relit = LightChange.Apply(current, reference);
        double all = 0;
        double unknown = 0;
        for (int top = 0; top < current.Height; top += Size)
        {
            for (int left = 0; left < current.Width; left += Size)
            {
                double texture = Texture(current, left, top);
                double limit = Area * (LeastDifference + (TextureShare * texture));
                bool isNew = !HasLike(current, reference, left, top, limit)
                    && (relit is null || !HasLike(current, relit, left, top, limit));
                double weight = isNew || texture > FlatTexture ? 1 : FlatWeight;
                all += weight;
                unknown += isNew ? weight : 0;
            }
        }

        return unknown / all;
    }

    // At the same place, as in most blocks, or where luma is most alike; colour counts too.
    private static bool HasLike(AnalysisPicture current, AnalysisPicture reference, int left, int top, double limit)
    {
        int here = BlockMatching.Sum(current.Y, reference.Y, current.Width, left, top, left, top);
        if (here + Color(left, top) <= limit)
        {
            return true;
        }

        (int luma, int x, int y) = BlockMatching.Find(current.Y, reference.Y, current.Width, current.Height, left, top);
        return luma <= limit && luma + Color(x, y) <= limit;

        int Color(int otherLeft, int otherTop) =>
            BlockMatching.Sum(current.U, reference.U, current.Width, left, top, otherLeft, otherTop)
            + BlockMatching.Sum(current.V, reference.V, current.Width, left, top, otherLeft, otherTop);
    }

    private static double Texture(AnalysisPicture picture, int left, int top)
    {
        int sum = 0;
        for (int y = top; y < top + Size; y++)
        {
            for (int x = left; x < left + Size; x++)
            {
                sum += picture.Y[(y * picture.Width) + x];
            }
        }

        int mean = (sum + (Area / 2)) / Area;
        int deviation = 0;
        for (int y = top; y < top + Size; y++)
        {
            for (int x = left; x < left + Size; x++)
            {
                deviation += Math.Abs(picture.Y[(y * picture.Width) + x] - mean);
            }
        }

        return (double)deviation / Area;
    }
}
