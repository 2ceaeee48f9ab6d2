using Vsr.Video;

namespace Vsr.Data;

/// <summary>
/// Decides what each sample is, from (seed, epoch, position) alone: a software and a GPU loader with the same options and clips
/// take the same windows, crops and flips.
/// </summary>
/// <remarks>Immutable, so any thread may ask. The draws of a sample are always made in the same number and order.</remarks>
internal sealed class SamplePlanner
{
    private readonly IClipSource _source;
    private readonly SequenceLoaderOptions _options;

    /// <summary>Plans samples of clips.</summary>
    /// <exception cref="VsrException">No clip is long enough, or a crop does not fit a clip that has windows.</exception>
    public SamplePlanner(IClipSource source, SequenceLoaderOptions options)
    {
        _source = source;
        _options = options;
        int[] frameCounts = [.. source.Clips.Select(clip => clip.FrameCount)];
        Windows = new WindowIndex(frameCounts, options.Frames, options.Stride, options.Step, options.PadSequences);
        RequireWindows();
        ClipInfo first = source.Clips[Enumerable.Range(0, frameCounts.Length).First(clip => Windows.CountOf(clip) > 0)];
        CropWidth = options.CropWidth ?? first.Width;
        CropHeight = options.CropHeight ?? first.Height;
        RequireFittingClips();
    }

    /// <summary>All windows of the clips.</summary>
    public WindowIndex Windows { get; }

    /// <summary>Width of a delivered frame in pixels.</summary>
    public int CropWidth { get; }

    /// <summary>Height of a delivered frame in pixels.</summary>
    public int CropHeight { get; }

    /// <summary>The sample at a position of an epoch.</summary>
    /// <param name="order">The epoch's order, or null for the natural one.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="epoch">Epoch, from 0.</param>
    /// <param name="position">Position in the epoch over all shards.</param>
    /// <param name="attempt">0; or 1, 2 ... for the samples that replace one whose file failed.</param>
    public SamplePlan Plan(ShuffledOrder? order, ulong seed, long epoch, long position, int attempt = 0)
    {
        SampleGenerator random = new(seed, epoch, position, attempt);
        long drawn = random.Below(Windows.Count);
        long window = attempt > 0 ? drawn : order is null ? position : order[position];
        (int clip, int firstFrame) = Windows.Locate(window);

        bool flipHorizontal = random.Coin() & _options.FlipHorizontal;
        bool flipVertical = random.Coin() & _options.FlipVertical;
        bool transpose = random.Coin() & _options.Transpose;
        bool reverseTime = random.Coin() & _options.ReverseTime;
        (int frameWidth, int frameHeight) = (_source.Clips[clip].Width, _source.Clips[clip].Height);
        transpose &= CropHeight <= frameWidth && CropWidth <= frameHeight; // a swapped oblong crop may not fit
        (int width, int height) = transpose ? (CropHeight, CropWidth) : (CropWidth, CropHeight);
        long x = random.Below(frameWidth - width + 1);
        long y = random.Below(frameHeight - height + 1);
        PixelRect crop = _options.Placement == CropPlacement.Centre
            ? new PixelRect((frameWidth - width) / 2, (frameHeight - height) / 2, width, height)
            : new PixelRect((int)x, (int)y, width, height);
        return new SamplePlan(clip, firstFrame, crop, flipHorizontal, flipVertical, transpose, reverseTime)
        {
            Available = Math.Min(Windows.Frames, (_source.Clips[clip].FrameCount - 1 - firstFrame) / Windows.Stride + 1),
        };
    }

    /// <summary>What a sample is, for the consumer.</summary>
    public SampleInfo Describe(in SamplePlan plan, SampleTicket ticket, bool isReplacement)
    {
        ClipInfo clip = _source.Clips[plan.Clip];
        int[] frames = new int[Windows.Frames];
        double[] timestamps = new double[frames.Length];
        for (int t = 0; t < frames.Length; t++)
        {
            int inWindow = plan.ReverseTime ? frames.Length - 1 - t : t;
            int frame = plan.FirstFrame + Math.Min(inWindow, plan.Available - 1) * Windows.Stride;
            frames[t] = clip.FirstFrame + frame;
            timestamps[t] = clip.Times?[clip.FirstFrame + frame] ?? double.NaN;
        }

        return new SampleInfo
        {
            Clip = clip.Name,
            Label = clip.Label,
            Epoch = ticket.Epoch,
            Position = ticket.Position,
            Frames = frames,
            Timestamps = timestamps,
            Crop = plan.Crop,
            FlipHorizontal = plan.FlipHorizontal,
            FlipVertical = plan.FlipVertical,
            Transpose = plan.Transpose,
            ReverseTime = plan.ReverseTime,
            IsPadding = ticket.IsPadding,
            IsReplacement = isReplacement,
        };
    }

    private void RequireWindows()
    {
        if (Windows.Count > 0)
        {
            return;
        }

        ClipInfo? longest = _source.Clips.MaxBy(clip => clip.FrameCount);
        throw new VsrException(longest is null
            ? "there is no clip to read sequences from"
            : $"no clip is long enough: {Windows.Frames} frames at stride {Windows.Stride} span {Windows.Span} frames, the "
                + $"longest clip ({longest.Name}) has {longest.FrameCount}")
        {
            Hint = longest is null ? null : "use fewer frames, a smaller stride or longer clips",
        };
    }

    private void RequireFittingClips()
    {
        for (int clip = 0; clip < _source.Clips.Count; clip++)
        {
            ClipInfo info = _source.Clips[clip];
            if (Windows.CountOf(clip) == 0)
            {
                continue;
            }

            if (CropWidth > info.Width || CropHeight > info.Height)
            {
                throw new VsrException(
                    $"crop {CropWidth}x{CropHeight} exceeds the frame {info.Width}x{info.Height} of {info.Name}")
                {
                    Hint = "use a smaller crop, or leave that clip out",
                };
            }

            bool whole = _options.CropWidth is null;
            if (whole && (info.Width != CropWidth || info.Height != CropHeight))
            {
                throw new VsrException($"clips differ in size ({info.Name} has {info.Width}x{info.Height}, others "
                    + $"{CropWidth}x{CropHeight}), so whole frames cannot share a batch")
                {
                    Hint = "give a crop size",
                };
            }
        }
    }
}
