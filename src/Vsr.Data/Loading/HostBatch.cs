using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>One reused host buffer of a batch, filled by several threads, each into its sample's place.</summary>
/// <remarks>All mutable members are guarded by the producer's lock, except the bytes, which belong to the thread that fills them.</remarks>
internal sealed unsafe class HostBatch : IDisposable
{
    private readonly byte* _bytes;
    private readonly int _sampleBytes;

    /// <summary>Allocates the buffer, pinned when it is to be copied to a GPU.</summary>
    public HostBatch(long[] shape, bool pinned)
    {
        Tensor plain = empty(shape, ScalarType.Byte).DetachFromDisposeScope();
        if (pinned)
        {
            using (plain)
            {
                HostFrames = plain.pin_memory().DetachFromDisposeScope();
            }
        }
        else
        {
            HostFrames = plain;
        }

        fixed (byte* bytes = HostFrames.bytes)
        {
            _bytes = bytes; // native memory of the tensor: it does not move
        }

        _sampleBytes = checked((int)(HostFrames.numel() / shape[0]));
        Samples = new SampleInfo?[shape[0]];
    }

    /// <summary>uint8 [N, T, 3, H, W], RGB.</summary>
    public Tensor HostFrames { get; }

    /// <summary>What each sample is, once it is read.</summary>
    public SampleInfo?[] Samples { get; }

    /// <summary>Samples handed to threads so far.</summary>
    public int Taken { get; set; }

    /// <summary>Samples read so far.</summary>
    public int Filled { get; set; }

    /// <summary>Where the loader stands after this batch.</summary>
    public LoaderState StateAfter { get; set; }

    /// <summary>True when all samples are read.</summary>
    public bool IsComplete => Filled == Samples.Length;

    /// <summary>The bytes of one sample: uint8 [T, 3, H, W].</summary>
    public Span<byte> Sample(int index) => new(_bytes + (long)index * _sampleBytes, _sampleBytes);

    /// <summary>Makes the buffer ready to be filled again.</summary>
    public void Reset()
    {
        Taken = 0;
        Filled = 0;
        Array.Clear(Samples);
    }

    public void Dispose() => HostFrames.Dispose();
}
