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
    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Flow.Dispose();
    }
}
