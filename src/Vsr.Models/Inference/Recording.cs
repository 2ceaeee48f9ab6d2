using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Recorded work: how to run it again, and what to dispose at the end.</summary>
internal sealed record Recording(Action Replay, IDisposable? Owner)
{
    /// <summary>Records a CUDA graph.</summary>
    public static Recording OfCudaGraph(Device device, Action work)
    {
        CudaGraph graph = CudaGraph.Capture(device, work);
        return new Recording(graph.Replay, graph);
    }
}
