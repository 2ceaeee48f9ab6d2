using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>A source of batches whose low-resolution input is given, and not made by reduction.</summary>
internal interface IPairBatchSource : IBatchSource
{
    /// <summary>Copies the next batch into place; on a GPU the copies are queued.</summary>
    /// <param name="frames">uint8 [N, T, 3, H, W], RGB, on the device.</param>
    /// <param name="small">uint8 [N, T, 3, H/S, W/S], RGB, on the device.</param>
    void Fill(Tensor frames, Tensor small);
}
