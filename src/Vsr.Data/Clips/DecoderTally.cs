using Vsr.Video;

namespace Vsr.Data;

/// <summary>What decoded the readers that were closed so far. Any thread.</summary>
internal sealed class DecoderTally
{
    private readonly Lock _lock = new();

    /// <summary>Readers on NVDEC.</summary>
    public int Nvdec { get; private set; }

    /// <summary>Readers in software.</summary>
    public int Software { get; private set; }

    /// <summary>Why the first reader that fell back to software did; null where none did.</summary>
    public string? FirstReason { get; private set; }

    public void Add(FrameReader reader)
    {
        lock (_lock)
        {
            (Nvdec, Software) = reader.DecoderInUse == VideoDecoderKind.Nvdec ? (Nvdec + 1, Software) : (Nvdec, Software + 1);
            FirstReason ??= reader.FallbackReason;
        }
    }
}
