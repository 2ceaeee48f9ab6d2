using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>A batch's buffer on the host.</summary>
internal sealed unsafe class HostBatch : LoaderBatch
{
    private readonly byte* _bytes;
    private readonly int _sampleBytes;

    /// <summary>Allocates the buffer, pinned when it is to be copied to a GPU.</summary>
    /// <param name="shape">N, T, C, H, W.</param>
    /// <param name="pinned">Whether a device reads it.</param>
    public HostBatch(long[] shape, bool pinned)
        : base((int)shape[0])
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
    }

    /// <summary>uint8 [N, T, C, H, W].</summary>
    public Tensor HostFrames { get; }

    /// <summary>The bytes of one sample: uint8 [T, C, H, W].</summary>
    public Span<byte> Sample(int index) => new(_bytes + (long)index * _sampleBytes, _sampleBytes);

    public override void Dispose() => HostFrames.Dispose();
}
