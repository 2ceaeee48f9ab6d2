using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Training.Tests;

/// <summary>libtorch on one thread: tiny tensors are not worth two, and on a busy machine threads that wait for each other cost most of the time.</summary>
internal static class OneThread
{
    public static void Ensure()
    {
        TorchTestBackend.Ensure();
        set_num_threads(1);
    }
}
