using Vsr.Video;

namespace Vsr.Data.Synthesis;

/// <summary>Chooses and reads parts of pairs: longer and larger ones more often, the busier of two candidates.</summary>
/// <remarks>Unlike <see cref="ClipCutter"/> it neither shrinks nor leaves frames out: what compression did lies in pixels and frames as they are.</remarks>
internal sealed class PairCutter
{
    private const int Candidates = 2;

    private readonly PairedClips _clips;
    private readonly int _frames;
    private readonly int _size;      // low-resolution pixels
    private readonly int[] _usable;
    private readonly double[] _weights;

    /// <param name="clips">The pairs.</param>
    /// <param name="frames">T.</param>
    /// <param name="size">High-resolution pixels a side, a multiple of the scale.</param>
    /// <exception cref="ArgumentException">No pair is long and large enough.</exception>
    public PairCutter(PairedClips clips, int frames, int size)
    {
        (_clips, _frames, _size) = (clips, frames, size / clips.Scale);
        _usable = [.. Enumerable.Range(0, clips.Pairs.Count).Where(pair => IsUsable(InfoOf(pair)))];
        if (_usable.Length == 0)
        {
            throw new ArgumentException(
                $"none of {clips.Pairs.Count} pairs has {frames} frames of {size}x{size} pixels or more; lower the pool's length or size", nameof(clips));
        }

        _weights = [.. _usable.Select(InfoOf).Select(info => Math.Sqrt((double)info.FrameCount * info.Width * info.Height))];
    }

    /// <summary>Draws and reads one part. Safe from several threads.</summary>
    public PairCut Cut(MotionRandom random)
    {
        int pair = _usable[random.ChooseWeighted(_weights)];
        ClipInfo info = InfoOf(pair);
        (int scale, int side) = (_clips.Scale, _clips.Scale * _size);
        using IClipReader hr = _clips.Hr.Open(_clips.Pairs[pair].Hr);
        using IClipReader lr = _clips.Lr.Open(_clips.Pairs[pair].Lr);
        byte[] middle = new byte[3 * side * side];
        (int First, int Column, int Row, double Energy) best = (0, 0, 0, double.NegativeInfinity);
        for (int candidate = 0; candidate < Candidates; candidate++)
        {
            int first = random.Below(info.FrameCount - _frames + 1);
            (int column, int row) = (random.Below(info.Width - _size + 1), random.Below(info.Height - _size + 1));
            hr.ReadRgb8(first + (_frames / 2), 1, 1, new PixelRect(scale * column, scale * row, side, side), middle);
            double energy = ClipCut.Energy(middle, side);
            best = energy > best.Energy ? (first, column, row, energy) : best;
        }

        byte[] large = new byte[_frames * middle.Length];
        byte[] small = new byte[_frames * 3 * _size * _size];
        hr.ReadRgb8(best.First, _frames, 1, new PixelRect(scale * best.Column, scale * best.Row, side, side), large);
        lr.ReadRgb8(best.First, _frames, 1, new PixelRect(best.Column, best.Row, _size, _size), small);
        return new PairCut(pair, best.First, best.Column, best.Row, large, small);
    }

    private ClipInfo InfoOf(int pair) => _clips.Lr.Clips[_clips.Pairs[pair].Lr];

    private bool IsUsable(ClipInfo info) => info.FrameCount >= _frames && _size <= Math.Min(info.Width, info.Height);
}
