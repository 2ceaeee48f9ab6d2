using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Sequences cut from clips, shrunk by 1 to 2.4, ready on the device.</summary>
/// <remarks>Sequence j depends on (seed, j), the options and the clips, and on nothing else.</remarks>
public sealed class ClipPool : ISequencePool, IDisposable
{
    private const int CutsAtOnce = 8;

    private ClipPool(Tensor frames) => Frames = frames;

    /// <summary>uint8 [n, T, 3, H, W], RGB, on the device; the pool's own memory.</summary>
    public Tensor Frames { get; }

    /// <summary>Cuts a pool.</summary>
    /// <param name="clips">The clips, best in memory; clips that are too short or too small are passed over. Not disposed.</param>
    /// <param name="count">Sequences, n.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="device">Where they are shrunk and kept.</param>
    /// <param name="options">Length and size; null for the defaults.</param>
    /// <param name="progress">Told the number of sequences cut, after each one.</param>
    /// <param name="cancellation">Ends the cutting early.</param>
    /// <returns>The pool; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">No clip is long and large enough.</exception>
    /// <exception cref="VsrException">A clip fails to decode.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static ClipPool Cut(
        IClipSource clips,
        int count,
        ulong seed,
        Device device,
        MotionPoolOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        options ??= new MotionPoolOptions();
        options.Validate();
        ClipCutter cutter = new(clips, options);
        using IDisposable noGrad = no_grad();
        ClipPool pool = new(empty([count, options.FrameCount, 3, options.Size, options.Size], ScalarType.Byte, device)
            .DetachFromDisposeScope());
        try
        {
            for (int start = 0; start < count; start += CutsAtOnce)
            {
                cancellation.ThrowIfCancellationRequested();
                pool.Add(start, ReadCuts(cutter, seed, start, Math.Min(CutsAtOnce, count - start)), options, progress);
            }
        }
        catch
        {
            pool.Dispose();
            throw;
        }

        return pool;
    }

    /// <summary>Frees the sequences.</summary>
    public void Dispose() => Frames.Dispose();

    private static ClipCut[] ReadCuts(ClipCutter cutter, ulong seed, int start, int count)
    {
        ClipCut[] cuts = new ClipCut[count];
        try
        {
            Parallel.For(0, count, i => cuts[i] = cutter.Cut(new MotionRandom(new SampleGenerator(seed, 1, start + i))));
        }
        catch (AggregateException failures) when (failures.InnerException is VsrException first)
        {
            throw new VsrException(first.Message, failures) { Hint = first.Hint };
        }

        return cuts;
    }

    private void Add(int start, ClipCut[] cuts, MotionPoolOptions options, IProgress<int>? progress)
    {
        for (int i = 0; i < cuts.Length; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            int size = cuts[i].Region.Width;
            Tensor frames = tensor(cuts[i].Pixels).reshape(options.FrameCount, 3, size, size).to(Frames.device);
            if (size != options.Size)
            {
                frames = nn.functional.interpolate(
                    frames.to(ScalarType.Float32), size: [options.Size, options.Size],
                    mode: InterpolationMode.Bicubic, align_corners: false, antialias: true).clamp_(0, 255).round_();
            }

            Frames.select(0, start + i).copy_(frames);
            progress?.Report(start + i + 1);
        }
    }
}
