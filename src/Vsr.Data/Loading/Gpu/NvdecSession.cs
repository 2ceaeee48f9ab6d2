using Vsr.Torch.Loading;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>What the clips of one loader share on a GPU: context, decoders, the kernel, the layout of batches.</summary>
internal sealed class NvdecSession : IDisposable
{
    private const long SlabsMargin = 64L << 20;

    /// <summary>Takes part in the GPU's context; decoders are made when they are needed.</summary>
    /// <param name="plan">What the loader delivers.</param>
    /// <param name="device">The GPU.</param>
    /// <param name="decoders">Most decoders at work at once; some more are kept where the clips need several kinds.</param>
    /// <exception cref="DecoderUnavailableException">The GPU or what compiles the kernel is missing.</exception>
    public NvdecSession(LoaderPlan plan, Device device, int decoders)
    {
        Plan = plan;
        Device = device;
        Placement = new SurfacePlacement(plan);
        Context = GpuContext.Open(Math.Max(0, device.index));
        Converter = new SurfaceConverter(Context.Device, NvidiaFolders.Find());
        Decoders = new NvdecDecoderPool(
            Context, Limit(plan.Source, decoders), new NvdecOptions { DeadlineMilliseconds = Milliseconds(plan.Options.Deadline) });
        long limit = plan.Options.CacheBytes;
        if (limit > 0)
        {
            Cache = new DeviceFrameCache(limit, Context);
            CacheHoldsAll = plan.Source.Clips.Sum(BytesOf) + SlabsMargin <= limit;
        }
    }

    public LoaderPlan Plan { get; }

    public Device Device { get; }

    public SurfacePlacement Placement { get; }

    public GpuContext Context { get; }

    public SurfaceConverter Converter { get; }

    public NvdecDecoderPool Decoders { get; }

    /// <summary>Decoded frames that are kept; null for none.</summary>
    public DeviceFrameCache? Cache { get; }

    /// <summary>Whether all frames of all clips have room in the cache.</summary>
    public bool CacheHoldsAll { get; }

    /// <summary>Frees all; no clip reads any more.</summary>
    public void Dispose()
    {
        Context.MakeCurrent();
        Decoders.Dispose();
        Cache?.Dispose();
        Converter.Dispose();
        Context.Dispose();
    }

    // Decoders wait for the consumer's work too, which last read the memory that they write to: they have the time of a whole sample.
    private static int Milliseconds(TimeSpan deadline) => (int)Math.Clamp(deadline.TotalMilliseconds, 1, int.MaxValue / 2);

    // Chance gives threads more clips of one kind now, of another then, and making a decoder anew takes a quarter of a second.
    private static int Limit(IClipSource source, int decoders)
    {
        int kinds = source.Clips.Where(clip => clip.Stream is not null).Select(clip => NvdecKey.Of(clip.Stream!)).Distinct().Count();
        return Math.Min(decoders * Math.Max(1, kinds), (2 * decoders) + kinds);
    }

    // 4:2:0 of 8 or more bits; other formats and other sizes may need more, then the cache forgets.
    private static long BytesOf(ClipInfo clip) =>
        (long)clip.FrameCount * clip.Width * clip.Height * 3 / 2 * (clip.Stream?.BitDepth > 8 ? 2 : 1);
}
