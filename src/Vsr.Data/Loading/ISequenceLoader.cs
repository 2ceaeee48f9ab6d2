using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>
/// Delivers batches of frame sequences, epoch after epoch, in an order that depends only on (seed, epoch, position): never on
/// threads, on time or on where a run was interrupted.
/// </summary>
/// <remarks>Used by one thread. Batches are made ahead by threads of the loader's own; <c>Dispose</c> ends them.</remarks>
public interface ISequenceLoader : IDisposable
{
    /// <summary>Where the loader stands: the sample that the next batch starts with.</summary>
    LoaderState State { get; }

    /// <summary>Windows of all clips, over all shards.</summary>
    long TotalWindows { get; }

    /// <summary>Samples that this loader (this shard) delivers an epoch.</summary>
    long WindowsPerEpoch { get; }

    /// <summary>Shape of a batch: N, T, C, H, W, or as the options' layout says.</summary>
    IReadOnlyList<long> BatchShape { get; }

    /// <summary>One line a file that failed, with its name and why. Grows while reading; a copy is returned.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>What was decoded and delivered since the loader was made, and how long batches were waited for.</summary>
    LoaderStatistics Statistics { get; }

    /// <summary>Goes on from a state, of this or of an earlier process, without replaying what was before it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is past the epoch's end: other clips or options than when it was saved.</exception>
    void Restore(LoaderState state);

    /// <summary>The next batch. The caller disposes it.</summary>
    /// <exception cref="VsrException">A reading thread is stuck, or too many files fail.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the batch comes with the next call.</exception>
    [SuppressMessage("Naming", "CA1716", Justification = "The word for it; Visual Basic can escape it.")]
    SequenceBatch Next(CancellationToken cancellation = default);

    /// <summary>Puts the next batch into a tensor of the caller's: a captured CUDA graph reads its input in one place.</summary>
    /// <param name="destination">
    /// Of <see cref="BatchShape"/> and of the number type of the loader's options, on its device, contiguous. RGB bytes of 0..255
    /// [N, T, 3, H, W] with <see cref="Vsr.Video.SampleType.UInt8"/>.
    /// </param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Where each of the N samples comes from.</returns>
    /// <remarks>On a GPU the copy is queued on the calling thread's current stream: work queued after it sees the new frames.</remarks>
    /// <exception cref="ArgumentException">The tensor has another shape, type or device.</exception>
    /// <exception cref="VsrException">A reading thread is stuck, or too many files fail.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the batch comes with the next call.</exception>
    IReadOnlyList<SampleInfo> NextInto(Tensor destination, CancellationToken cancellation = default);
}
