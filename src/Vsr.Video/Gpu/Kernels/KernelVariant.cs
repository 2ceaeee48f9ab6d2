namespace Vsr.Video;

/// <summary>What the conversion kernel is compiled for.</summary>
/// <param name="SampleBytes">Bytes of a picture's sample: 1 or 2.</param>
/// <param name="Chroma">0: not needed; 1: half width and height, interleaved; 2: full size, in planes.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Type">The tensor's type.</param>
internal readonly record struct KernelVariant(int SampleBytes, int Chroma, int Channels, SampleType Type)
{
    /// <summary>Threads of a block along the output's fastest axis.</summary>
    public const int FastThreads = 32;

    /// <summary>Threads of a block along the other axis.</summary>
    public const int SlowThreads = 8;

    /// <summary>Pixels of a thread, along the slow axis.</summary>
    public const int PixelsPerThread = 2;

    /// <summary>The variant for a surface, a transform of its samples and an output.</summary>
    public static KernelVariant Of(SurfaceFormat format, SampleColor color, SampleType type, in ColorTransform transform)
    {
        int channels = RgbConversion.ChannelCount(color);
        bool lumaAlone = channels == 1 && transform is { R1: 0, R2: 0 };
        int chroma = lumaAlone ? 0 : format is SurfaceFormat.Nv12 or SurfaceFormat.P016 ? 1 : 2;
        return new KernelVariant(SurfaceLayouts.SampleBytes(format), chroma, channels, type);
    }

    /// <summary>The compiler's options.</summary>
    /// <param name="architecture">"sm_90".</param>
    public string[] Options(string architecture) =>
    [
        $"--gpu-architecture={architecture}",
        "--std=c++17",
        "--fmad=false",
        $"-DBYTES={SampleBytes}",
        $"-DCHROMA={Chroma}",
        $"-DCHANNELS={Channels}",
        $"-DOUTPUT={(int)Type}",
        $"-DPIXELS={PixelsPerThread}",
    ];

    /// <summary>Blocks along the fastest axis and along the other, for a crop of this size.</summary>
    public static (int Fast, int Slow) Blocks(int fastLength, int slowLength)
    {
        const int slow = SlowThreads * PixelsPerThread;
        return ((fastLength + FastThreads - 1) / FastThreads, (slowLength + slow - 1) / slow);
    }
}
