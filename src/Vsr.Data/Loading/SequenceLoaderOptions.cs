using Vsr.Video;

namespace Vsr.Data;

/// <summary>What sequences a loader delivers and how.</summary>
public sealed record SequenceLoaderOptions
{
    /// <summary>Samples of a batch, N; at least 1. Default 1.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Frames of a sequence, T; odd. Default 3.</summary>
    public int Frames { get; init; } = 3;

    /// <summary>Distance of neighbouring frames of a sequence; at least 1. Default 1.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Distance of the first frames of neighbouring windows; at least 1. Default 1.</summary>
    public int Step { get; init; } = 1;

    /// <summary>
    /// Go on with windows until one reaches the clip's last frame, and repeat that frame where the last window lacks frames; a clip
    /// shorter than a window then has one. Default off: windows that lack frames are left out.
    /// </summary>
    public bool PadSequences { get; init; }

    /// <summary>Width of the crop in pixels; null (with <see cref="CropHeight"/>) for whole frames of one size.</summary>
    public int? CropWidth { get; init; }

    /// <summary>Height of the crop in pixels; null (with <see cref="CropWidth"/>) for whole frames of one size.</summary>
    public int? CropHeight { get; init; }

    /// <summary>Where crops are cut. Default: anywhere.</summary>
    public CropPlacement Placement { get; init; } = CropPlacement.Random;

    /// <summary>Exchange left and right in half of the samples. Default off.</summary>
    public bool FlipHorizontal { get; init; }

    /// <summary>Exchange top and bottom in half of the samples. Default off.</summary>
    public bool FlipVertical { get; init; }

    /// <summary>
    /// Exchange rows and columns in half of the samples. Default off. An oblong crop is read with its sides swapped; where that does
    /// not fit the frame, the sample stays as it is.
    /// </summary>
    public bool Transpose { get; init; }

    /// <summary>Reverse the order of frames in half of the samples. Default off.</summary>
    public bool ReverseTime { get; init; }

    /// <summary>Shuffle all windows anew each epoch. Default on; off takes them in the order of clips and frames.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Number type of a batch. Default 32-bit floats.</summary>
    public SampleType Type { get; init; } = SampleType.Float32;

    /// <summary>Order of a batch's dimensions. Default [N, T, C, H, W].</summary>
    public BatchLayout Layout { get; init; } = BatchLayout.FramesFirst;

    /// <summary>Colour components, C. Default RGB.</summary>
    public SampleColor Color { get; init; } = SampleColor.Rgb;

    /// <summary>What a component of 0..1 is multiplied by; finite. Default 1. Bytes take no scale.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>What is added to a component after <see cref="Scale"/>; finite. Default 0. Bytes take no offset.</summary>
    public float Offset { get; init; }

    /// <summary>Seed of shuffling, crops and flips. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Which share of the windows this loader delivers, 0 to <see cref="ShardCount"/> - 1. Default 0.</summary>
    public int Shard { get; init; }

    /// <summary>Number of loaders that divide the windows among them. Default 1.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>What happens where windows do not fill the last batch. Default: the batch goes on into the next epoch.</summary>
    public EpochEnd EpochEnd { get; init; } = EpochEnd.Continue;

    /// <summary>Reading threads; 0 (default) for one a processor, at most 16.</summary>
    public int Threads { get; init; }

    /// <summary>Batches read ahead of the consumer; at least 1. Default 2.</summary>
    public int PrefetchBatches { get; init; } = 2;

    /// <summary>Clips kept open between samples; at least 1. Default 32.</summary>
    public int MaxOpenClips { get; init; } = 32;

    /// <summary>
    /// Decoded frames kept for later windows, in bytes: device memory where NVDEC decodes, else host memory; the least used go first.
    /// Worth it where key frames are far apart. Default 0: nothing is kept beyond the batches in flight.
    /// </summary>
    public long CacheBytes { get; init; }

    /// <summary>Longest time one sample may take to read before the loader gives up with an error. Default 60 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>C: 3, or 1 for luma.</summary>
    internal int Channels => Color.Channels();

    internal int EffectiveThreads => Threads > 0 ? Threads : Math.Min(16, Environment.ProcessorCount);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">
    /// A value is outside its range, only one side of the crop is given, or bytes are to be scaled.
    /// </exception>
    public void Validate()
    {
        RequireAtLeast(BatchSize, 1, nameof(BatchSize));
        WindowIndex.RequireOdd(Frames, nameof(Frames));
        RequireAtLeast(Stride, 1, nameof(Stride));
        RequireAtLeast(Step, 1, nameof(Step));
        RequireAtLeast(CropWidth ?? 1, 1, nameof(CropWidth));
        RequireAtLeast(CropHeight ?? 1, 1, nameof(CropHeight));
        RequireAtLeast(ShardCount, 1, nameof(ShardCount));
        RequireAtLeast(Shard, 0, nameof(Shard));
        RequireAtLeast(Threads, 0, nameof(Threads));
        RequireAtLeast(PrefetchBatches, 1, nameof(PrefetchBatches));
        RequireAtLeast(MaxOpenClips, 1, nameof(MaxOpenClips));
        ArgumentOutOfRangeException.ThrowIfNegative(CacheBytes);
        if (Shard >= ShardCount)
        {
            throw new ArgumentOutOfRangeException(nameof(Shard), Shard,
                $"shard {Shard} of {ShardCount} does not exist; shards are 0 to {ShardCount - 1}");
        }

        if (CropWidth is null != CropHeight is null)
        {
            throw new ArgumentException($"{nameof(CropWidth)} and {nameof(CropHeight)} go together; give both or neither");
        }

        RequireDefined(Type, nameof(Type));
        RequireDefined(Layout, nameof(Layout));
        RequireDefined(Color, nameof(Color));
        RequireFinite(Scale, nameof(Scale));
        RequireFinite(Offset, nameof(Offset));
        if (Type == SampleType.UInt8 && (Scale != 1 || Offset != 0))
        {
            throw new ArgumentException($"bytes are 0..255 and take no {nameof(Scale)} ({Scale}) or {nameof(Offset)} ({Offset}); leave "
                + "them at 1 and 0, or use floats");
        }

        if (Deadline <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(Deadline), Deadline, $"a deadline of {Deadline} has passed; use a time above 0");
        }
    }

    private static void RequireAtLeast(int value, int least, string name)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, below {least}; use {least} or more");
        }
    }

    private static void RequireDefined<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} {value} does not exist; use {string.Join(", ", Enum.GetNames<T>())}");
        }
    }

    private static void RequireFinite(float value, string name)
    {
        if (!float.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; use a finite number");
        }
    }
}
