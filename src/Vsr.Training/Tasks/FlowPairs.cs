using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>The input of flow training, in fixed places on the device.</summary>
/// <param name="First">uint8 [N, 3, H, W].</param>
/// <param name="Second">uint8 [N, 3, H, W].</param>
/// <param name="Flow">
/// float32, first(p) = second(p + flow(p)): [M, 2, H/4, W/4] of the first M pairs, low-resolution pixels (<see cref="FlowTask"/>), or
/// [N, 2, H, W] of all (<see cref="PairFlowTask"/>).
/// </param>
internal sealed record FlowPairs(Tensor First, Tensor Second, Tensor Flow) : IDisposable
{
    /// <summary>Zeroed places for <paramref name="pairs"/> square pairs, and flows for the first <paramref name="flows"/> of them.</summary>
    public static FlowPairs Allocate(int pairs, int size, int flows, int flowSize, Device device) => new(
        zeros([pairs, 3, size, size], ScalarType.Byte, device).DetachFromDisposeScope(),
        zeros([pairs, 3, size, size], ScalarType.Byte, device).DetachFromDisposeScope(),
        zeros([flows, 2, flowSize, flowSize], ScalarType.Float32, device).DetachFromDisposeScope());

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Flow.Dispose();
    }
}
