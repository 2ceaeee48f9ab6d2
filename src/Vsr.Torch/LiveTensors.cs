using TorchSharp;

namespace Vsr.Torch;

/// <summary>How many tensors of the calling thread are alive: a loop that leaks makes it grow.</summary>
public static class LiveTensors
{
    /// <summary>Tensors that this thread created, minus those that it disposed, inside and outside dispose scopes.</summary>
    /// <remarks>Exact for a thread that disposes what it creates; tensors left to finalizers count as alive.</remarks>
    public static long Count => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
