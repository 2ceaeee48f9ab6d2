namespace Vsr.Video.Tests.Gpu;

/// <summary>The first GPU with a pool of decoders; skips the test where there is none.</summary>
internal sealed class GpuTestContext : IDisposable
{
    public GpuTestContext(int decoders = 2, NvdecOptions? options = null)
    {
        if (GpuContext.Problem(0) is { } problem)
        {
            Assert.Skip($"needs a GPU that decodes video: {problem}");
        }

        Context = GpuContext.Open(0);
        Pool = new NvdecDecoderPool(Context, decoders, options);
    }

    public GpuContext Context { get; }

    public NvdecDecoderPool Pool { get; }

    /// <summary>Options of a reader that takes its decoders from the pool and keeps no frames.</summary>
    public FrameReaderOptions Reader(VideoDecoderKind kind = VideoDecoderKind.Nvdec) => new()
    {
        CacheIndex = false,
        MemoryLimitBytes = 0,
        Decoder = kind,
        DecoderPool = Pool,
    };

    public void Dispose()
    {
        Pool.Dispose();
        Context.Dispose();
    }
}
