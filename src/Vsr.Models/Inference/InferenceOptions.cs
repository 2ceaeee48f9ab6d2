namespace Vsr.Models;

/// <summary>How an <see cref="IFrameUpscaler"/> computes.</summary>
public sealed record InferenceOptions
{
    /// <summary>The number type of the convolutions. Default: float32.</summary>
    public InferencePrecision Precision { get; init; } = InferencePrecision.Fp32;

    /// <summary>Records a frame's work once as a CUDA graph and replays it, where the device and the libraries can. Default: true.</summary>
    /// <remarks>The result is the same; on a CPU, or where graphs are missing, frames run operator by operator.</remarks>
    public bool UseCudaGraph { get; init; } = true;

    /// <summary>Ends a call that works on many frames (<see cref="IFrameUpscaler.GroupSize"/>) between two of them, by <see cref="OperationCanceledException"/>. Default: none.</summary>
    public CancellationToken Cancellation { get; init; }
}
