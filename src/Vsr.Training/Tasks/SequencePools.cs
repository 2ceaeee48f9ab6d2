using Vsr.Data;
using Vsr.Data.Synthesis;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>The pools of ready sequences of a run, made when first used: cut from clips or from pairs, rendered from stills, or both.</summary>
/// <remarks>A generation of pools depends on the seed and its number alone, so a resumed run makes the same ones.</remarks>
internal sealed class SequencePools : IDisposable
{
    private readonly IClipSource _clipSource;
    private readonly IReadOnlyList<Tensor> _stillPictures;
    private readonly PoolPlan _plan;
    private readonly Device _device;
    private readonly ITrainingObserver _observer;
    private readonly CancellationToken _cancellation;
    private ClipPool? _clips;
    private PairPool? _pairs;
    private MotionPool? _stills;

    /// <param name="clips">Clips in memory; not owned.</param>
    /// <param name="stills">uint8 [3, H, W] each; not owned.</param>
    /// <param name="plan">How many and how large.</param>
    /// <param name="device">Where pools are kept.</param>
    /// <param name="observer">Told how long the making took.</param>
    /// <param name="cancellation">Ends the making early.</param>
    public SequencePools(
        IClipSource clips, IReadOnlyList<Tensor> stills, PoolPlan plan, Device device, ITrainingObserver observer, CancellationToken cancellation)
    {
        _clipSource = clips;
        _stillPictures = stills;
        _plan = plan;
        _device = device;
        _observer = observer;
        _cancellation = cancellation;
    }

    /// <summary>The pairs to cut from, where the plan wants such; not owned.</summary>
    public PairedClips? PairSource { get; init; }

    /// <summary>How often pools were made anew.</summary>
    public long Generation { get; private set; }

    /// <summary>The sequences cut from clips; null when the plan has none.</summary>
    public ClipPool? Clips
    {
        get
        {
            if (_clips is null && _plan.Clips > 0)
            {
                _clips = Timed("clips", _plan.Clips, () => ClipPool.Cut(
                    _clipSource, _plan.Clips, Seed, _device, _plan.Sequence, null, _cancellation));
            }

            return _clips;
        }
    }

    /// <summary>The sequences cut from pairs; null when the plan has none.</summary>
    public PairPool? Pairs
    {
        get
        {
            if (_pairs is null && _plan.Pairs > 0 && PairSource is not null)
            {
                _pairs = Timed("pairs", _plan.Pairs, () => PairPool.Cut(PairSource, _plan.Pairs, Seed, _device, _plan.Sequence, _cancellation));
            }

            return _pairs;
        }
    }

    /// <summary>The sequences rendered from stills; null when the plan has none.</summary>
    public MotionPool? Stills
    {
        get
        {
            if (_stills is null && _plan.Stills > 0 && _stillPictures.Count > 0)
            {
                _stills = Timed("stills", _plan.Stills, () => MotionPool.Render(
                    _stillPictures, _plan.Stills, Seed, _device, _plan.Sequence, null, _cancellation));
            }

            return _stills;
        }
    }

    private ulong Seed => unchecked(_plan.Seed + ((ulong)Generation * 0x9E3779B97F4A7C15));

    /// <summary>Drops the pools; the next use makes those of another generation.</summary>
    public void SwitchTo(long generation)
    {
        if (generation != Generation)
        {
            Dispose();
            Generation = generation;
        }
    }

    public void Dispose()
    {
        _clips?.Dispose();
        _stills?.Dispose();
        _pairs?.Dispose();
        (_clips, _stills, _pairs) = (null, null, null);
    }

    private T Timed<T>(string what, int count, Func<T> make)
    {
        long start = TimeProvider.System.GetTimestamp();
        T pool;
        try
        {
            pool = make();
        }
        catch (ArgumentException failure)
        {
            throw new VsrException($"no pool can be made from {what}: {failure.Message}", failure)
            {
                Hint = "lower --crop or --unroll, use longer or larger clips, or read windows straight from the clips with --pool-clips 0",
            };
        }

        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        _observer.Message(FormattableString.Invariant(
            $"pool of {count} sequences from {what}, {_plan.Sequence.FrameCount} frames of {_plan.Sequence.Size}x{_plan.Sequence.Size}, in {seconds:F1} s"));
        return pool;
    }
}
