using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>The input of flow training, in fixed places on the device.</summary>
/// <param name="First">uint8 [N, 3, H, W].</param>
/// <param name="Second">uint8 [N, 3, H, W].</param>
/// <param name="Flow">float32 [M, 2, H/4, W/4]: of the first M pairs, first(p) = second(p + flow(p)), low-resolution pixels.</param>
internal sealed record FlowPairs(Tensor First, Tensor Second, Tensor Flow) : IDisposable
{
    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Flow.Dispose();
    }
}
