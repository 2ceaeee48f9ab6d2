using Vsr.Video;

namespace Vsr.Data.Synthesis;

/// <summary>Chooses and reads parts of clips: longer and larger clips more often, the busier of two candidates.</summary>
/// <remarks>A region is 1 to 2.4 times as large as the pool's pictures, so that compression's traces shrink away with it.</remarks>
internal sealed class ClipCutter
{
    private const int Candidates = 2;
    private const int LargeHeight = 700;

    private static readonly double[] LargeFactors = [1, 1.33, 1.5, 2, 2, 2.4];
    private static readonly double[] SmallFactors = [1, 1, 1.25, 1.5, 1.75];
    private static readonly int[] Strides = [1, 1, 1, 2, 3];

    private readonly IClipSource _source;
    private readonly MotionPoolOptions _options;
    private readonly int[] _usable;
    private readonly double[] _weights;

    /// <exception cref="ArgumentException">No clip is long and large enough.</exception>
    public ClipCutter(IClipSource source, MotionPoolOptions options)
    {
        (_source, _options) = (source, options);
        _usable = Enumerable.Range(0, source.Clips.Count).Where(IsUsable).ToArray();
        if (_usable.Length == 0)
        {
            (int count, int size) = (options.FrameCount, options.Size);
            throw new ArgumentException(
                $"none of {source.Clips.Count} clips has {count} frames of {size}x{size} pixels or more; lower the pool's length or size",
                nameof(source));
        }

        _weights = _usable.Select(clip => source.Clips[clip])
            .Select(info => Math.Sqrt((double)info.FrameCount * info.Width * info.Height)).ToArray();
    }

    /// <summary>Draws and reads one part. Safe from several threads.</summary>
    public ClipCut Cut(MotionRandom random)
    {
        int clip = _usable[random.ChooseWeighted(_weights)];
        ClipInfo info = _source.Clips[clip];
        int count = _options.FrameCount;
        int size = DrawSize(random, info);
        int stride = random.Choose<int>(Strides);
        stride = info.FrameCount > stride * count ? stride : 1;
        using IClipReader reader = _source.Open(clip);
        byte[] middle = new byte[3 * size * size];
        (int First, PixelRect Region, double Energy) best = (0, default, double.NegativeInfinity);
        for (int candidate = 0; candidate < Candidates; candidate++)
        {
            int first = random.Below(info.FrameCount - (stride * (count - 1)));
            PixelRect region = new(random.Below(info.Width - size + 1), random.Below(info.Height - size + 1), size, size);
            reader.ReadRgb8(first + (stride * (count / 2)), 1, 1, region, middle);
            double energy = ClipCut.Energy(middle, size);
            best = energy > best.Energy ? (first, region, energy) : best;
        }

        byte[] pixels = new byte[count * middle.Length];
        reader.ReadRgb8(best.First, count, stride, best.Region, pixels);
        return new ClipCut(clip, best.First, stride, best.Region, pixels);
    }

    private int DrawSize(MotionRandom random, ClipInfo info)
    {
        int limit = Math.Min(info.Width, info.Height);
        while (true)
        {
            double factor = random.Choose<double>(limit >= LargeHeight ? LargeFactors : SmallFactors);
            int size = (int)(_options.Size * factor);
            if (size <= limit)
            {
                return size;
            }
        }
    }

    private bool IsUsable(int clip)
    {
        ClipInfo info = _source.Clips[clip];
        return info.FrameCount >= _options.FrameCount
            && _options.Size <= Math.Min(info.Width, info.Height);
    }
}
