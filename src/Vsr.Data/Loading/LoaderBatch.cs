namespace Vsr.Data;

/// <summary>One reused buffer of a batch, wherever it lives, filled by several threads, each at its sample's place.</summary>
/// <remarks>All mutable members are guarded by the producer's lock. What a sample's place holds belongs to the thread that fills it.</remarks>
internal abstract class LoaderBatch : IDisposable
{
    /// <summary>A batch of so many samples.</summary>
    protected LoaderBatch(int samples) => Samples = new SampleInfo?[samples];

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

    /// <summary>Makes the buffer ready to be filled again. Called under the producer's lock: must not wait.</summary>
    public virtual void Reset()
    {
        Taken = 0;
        Filled = 0;
        Array.Clear(Samples);
    }

    /// <summary>Frees the buffer; no thread fills it any more.</summary>
    public abstract void Dispose();
}
